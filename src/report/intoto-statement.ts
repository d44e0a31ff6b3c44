import type { Analysis } from '../model/analysis.ts';
import { imageName } from './describe.ts';
import type { ReportOptions, TextSink } from './format.ts';
import { jsonText } from './json-text.ts';
import { writeSigned } from './signed-statement.ts';

/** What a statement says about which image, and how it is written. */
export interface Statement {
  readonly analysis: Analysis;
  readonly options: ReportOptions;
  /** Address of what the predicate means. */
  readonly predicateType: string;
  /** Writes the predicate as one JSON value. */
  writePredicate(sink: TextSink): void | Promise<void>;
}

/**
 * An in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) about the image:
 * bare, or in a DSSE envelope where there is a key to sign it with.
 */
export async function writeStatement(statement: Statement, sink: TextSink): Promise<void> {
  const { signingKey } = statement.options;
  if (signingKey === undefined) await writeBare(statement, sink);
  else await writeSigned(signingKey, sink, (inner) => writeBare(statement, inner));
}

async function writeBare(statement: Statement, sink: TextSink): Promise<void> {
  const {
    analysis: { image },
    predicateType,
  } = statement;
  const digest = /^(sha256|sha512):([0-9a-f]+)$/.exec(image.manifestDigest ?? image.configDigest);
  const subject = [{ name: imageName(image), digest: digest === null ? {} : { [digest[1] ?? 'sha256']: digest[2] } }];
  sink.write(`{\n  "_type": "https://in-toto.io/Statement/v1",\n  "subject": ${jsonText(subject)},\n`);
  sink.write(`  "predicateType": ${jsonText(predicateType)},\n  "predicate": `);
  await statement.writePredicate(withoutFinalLineBreak(sink));
  sink.write('\n}\n');
}

/** Documents end with a line break, values inside another document do not. */
function withoutFinalLineBreak(sink: TextSink): TextSink {
  let held = '';
  return {
    write: (text) => {
      const whole = held + text;
      held = whole.endsWith('\n') ? '\n' : '';
      sink.write(whole.slice(0, whole.length - held.length));
    },
  };
}

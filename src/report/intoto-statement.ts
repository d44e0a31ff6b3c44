import type { Analysis } from '../model/analysis.ts';
import { imageName } from './describe.ts';
import type { TextSink } from './format.ts';
import { jsonText } from './json-text.ts';

/**
 * An in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) about the image. The
 * predicate is written by `writePredicate` as one JSON value. The statement is unsigned: it is the payload of a DSSE envelope.
 */
export async function writeStatement(
  analysis: Analysis,
  sink: TextSink,
  predicateType: string,
  writePredicate: (sink: TextSink) => void | Promise<void>,
): Promise<void> {
  const { image } = analysis;
  const digest = /^(sha256|sha512):([0-9a-f]+)$/.exec(image.manifestDigest ?? image.configDigest);
  const subject = [{ name: imageName(image), digest: digest === null ? {} : { [digest[1] ?? 'sha256']: digest[2] } }];
  sink.write(`{\n  "_type": "https://in-toto.io/Statement/v1",\n  "subject": ${jsonText(subject)},\n`);
  sink.write(`  "predicateType": ${jsonText(predicateType)},\n  "predicate": `);
  await writePredicate(withoutFinalLineBreak(sink));
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

import { isRecord, type JsonRecord, parseJson, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { Problem } from '../../model/problem.ts';
import { parseCsafVex } from './parse-csaf-vex.ts';
import { parseCycloneDxVex } from './parse-cyclonedx-vex.ts';
import { parseOpenVex } from './parse-openvex.ts';
import type { VexStatement } from './vex-statement.ts';

/** The usable statements of one document, and what in it suppresses nothing. */
export interface ParsedVex {
  readonly statements: readonly VexStatement[];
  readonly problems: readonly Problem[];
}

/** Of sixteen megabytes, which a document may have, each value takes five. */
const VALUES = 3_000_000;

/** Reads a VEX document; its format is found by content. Throws PLM_VEX_INVALID. */
export function parseVex(text: string, path: string): ParsedVex {
  const document = parseJson(text, DEFAULT_LIMITS.jsonDepth, VALUES);
  if (!isRecord(document)) throw new PlimsollError('PLM_VEX_INVALID', 'the file is no JSON object', { path });
  const statements = readStatements(document, path);
  const problems: Problem[] = [];
  const usable = statements.filter((statement) => {
    const fault = faultOf(statement);
    if (fault !== undefined)
      problems.push({
        code: 'PLM_VEX_STATEMENT',
        path,
        detail: `the statement about ${statement.ids[0] ?? 'nothing'} ${fault}: it is not applied`,
      });
    return fault === undefined;
  });
  return { statements: usable, problems };
}

function readStatements(document: JsonRecord, path: string): readonly VexStatement[] {
  if (textField(document, '@context')?.startsWith('https://openvex.dev/ns') === true)
    return parseOpenVex(document, path);
  if (isRecord(document['document']) && Object.hasOwn(document, 'vulnerabilities')) return parseCsafVex(document, path);
  if (textField(document, 'bomFormat') === 'CycloneDX') return parseCycloneDxVex(document, path);
  throw new PlimsollError('PLM_VEX_INVALID', 'the file is neither OpenVEX nor CSAF nor CycloneDX', { path });
}

function faultOf(statement: VexStatement): string | undefined {
  if (statement.ids.length === 0) return 'names no vulnerability';
  if (statement.products.length === 0) return 'names no product';
  if (statement.status === 'not_affected' && statement.justification === undefined)
    return 'says "not affected" without a reason';
  return undefined;
}

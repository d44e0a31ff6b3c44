import { readFileSync } from 'node:fs';
import { parseJson } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Analysis } from '../model/analysis.ts';
import { readReportText } from './read-text.ts';

const SCHEMA = new URL('../../schema/report-1.schema.json', import.meta.url);

/** Reads a report that was written with `--format json`, held to its schema. Throws PLM_REPORT_INVALID. */
export async function readReport(path: string): Promise<Analysis> {
  const report = parseJson(readReportText(path), DEFAULT_LIMITS.jsonDepth, Number.POSITIVE_INFINITY);
  const schema = parseJson(readFileSync(SCHEMA, 'utf8'), DEFAULT_LIMITS.jsonDepth);
  if (typeof schema !== 'object' || schema === null) throw new Error('the schema of reports is damaged');
  // Loaded only by the commands that read reports.
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const holds = new Ajv2020({ strict: false }).compile<Analysis>(schema);
  if (holds(report)) return report;
  const [fault] = holds.errors ?? [];
  const place = fault === undefined || fault.instancePath === '' ? '' : `${fault.instancePath.slice(1)} `;
  throw new PlimsollError(
    'PLM_REPORT_INVALID',
    report === undefined
      ? 'the report is no JSON document'
      : `this is no report of version 1: ${place}${fault?.message ?? 'does not fit'}`,
    { path, hint: 'write one with: plimsoll scan IMAGE -o json=FILE' },
  );
}

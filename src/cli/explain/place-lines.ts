import { type JsonRecord, recordField, textField } from '../../bytes/json.ts';
import type { ReportIndex } from './report-index.ts';

/** The layer that brought a finding and the instruction that made it; nothing where a finding is in no layer. */
export function layerLine(finding: JsonRecord, report: ReportIndex): string[] {
  const { layer } = finding;
  if (typeof layer !== 'number') return [];
  const instruction = textField(report.layers[layer] ?? {}, 'createdBy');
  const base = finding['inBase'] === true ? ' It comes from a known base image.' : '';
  return [`Layer      ${layer}${instruction === undefined ? '' : `, made by: ${instruction}`}.${base}`];
}

/** Why a finding is listed and not counted. */
export function suppressedLine(finding: JsonRecord): string[] {
  const suppressed = recordField(finding, 'suppressed');
  if (suppressed === undefined) return [];
  const rule = textField(suppressed, 'rule');
  return [`  It does not count: ${textField(suppressed, 'reason') ?? ''}${rule === undefined ? '' : ` (${rule})`}.`];
}

import type { GateResult } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import { hasLicenseText, type Notices } from '../../model/notices.ts';

/**
 * What a package must have: `license` a licence text or at least a declared licence, `text` the text itself, with nothing
 * lost of what the image holds.
 */
export const MISSING_GATES = ['license', 'text'] as const;
export type MissingGate = (typeof MISSING_GATES)[number];

interface Judged extends Pick<Notices, 'packages' | 'texts'> {
  /** Texts that could not be had. */
  readonly lost: number;
  /** Package databases that could not be read: nobody knows what the packages in them lack. */
  readonly damaged: number;
}

/** Whether the notices are complete enough. */
export function judgeNotices(gate: MissingGate, { packages, texts, lost, damaged }: Judged): GateResult {
  const byId = new Map(texts.map((text) => [text.id, text]));
  const missing = packages.filter(
    (found) => !hasLicenseText(found, (id) => byId.get(id)) && (gate === 'text' || found.licenses.length === 0),
  );
  const what = gate === 'text' ? 'no licence text' : 'neither a licence text nor a declared licence';
  const isLost = gate === 'text' && lost > 0;
  const message = [
    `${counted(missing.length, 'package')} with ${what}`,
    ...(isLost ? [`${counted(lost, 'text')} lost`] : []),
    ...(damaged > 0 ? [`${counted(damaged, 'package database')} damaged`] : []),
  ].join(', ');
  return {
    id: `missing-${gate}`,
    action: 'fail',
    passed: missing.length === 0 && !isLost && damaged === 0,
    message,
    findings: missing.map(({ id }) => id),
  };
}

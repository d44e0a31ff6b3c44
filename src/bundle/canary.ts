import type { AdvisoryBundle } from './advisory-bundle.ts';
import { openSegment } from './index/open-segment.ts';
import type { Canary } from './trust/release.ts';

/** Whether the index reports the canary's advisory for its package version. */
export function isReported(bundle: AdvisoryBundle, { ecosystem, name, version, advisory }: Canary): boolean {
  const bytes = bundle.section('segment', ecosystem);
  if (bytes === undefined) return false;
  const segment = openSegment(bytes);
  const position = segment.positionOf(version);
  const [first, end] = segment.rowsOf(name);
  for (let row = first; row < end; row++) {
    if (segment.holds(row, version, position) === 'inside' && segment.entry(row).advisory === advisory) return true;
  }
  return false;
}

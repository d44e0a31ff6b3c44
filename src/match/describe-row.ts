import type { SegmentEntry } from '../bundle/index/open-segment.ts';
import { ROW } from '../bundle/index/segment-format.ts';

/** A row in words: `>= 1.2, < 1.4`, `= 1.3`. */
export function describeRow({ low, high, flags }: SegmentEntry): string {
  if ((flags & ROW.exact) !== 0) return `= ${low}`;
  const from = low === undefined ? undefined : `>= ${low}`;
  const to = high === undefined ? undefined : `${(flags & ROW.highInclusive) === 0 ? '<' : '<='} ${high}`;
  return [from, to].filter((part) => part !== undefined).join(', ') || 'every version';
}

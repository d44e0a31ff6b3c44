import type { AnchorHits } from '../bytes/anchor-search.ts';

/** Some hits of a search, by number: `from` up to `to`. */
export interface HitRange {
  readonly hits: AnchorHits;
  readonly from: number;
  readonly to: number;
}

/** Hits of a search that stay while other searches run. */
export class KeptHits implements AnchorHits {
  count = 0;
  positions: Uint32Array = NONE;
  literals: Uint32Array = NONE;

  /** Takes the hits over from a search. */
  take(hits: AnchorHits): void {
    if (hits.count > this.positions.length) {
      const room = Math.max(hits.count, 2 * this.positions.length);
      this.positions = new Uint32Array(room);
      this.literals = new Uint32Array(room);
    }
    this.positions.set(hits.positions.subarray(0, hits.count));
    this.literals.set(hits.literals.subarray(0, hits.count));
    this.count = hits.count;
  }
}

/** The first hit from `from` on that begins at `position` or later. */
export function hitAt(hits: AnchorHits, from: number, position: number): number {
  let low = from;
  let high = hits.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hits.positions[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NONE = new Uint32Array(0);

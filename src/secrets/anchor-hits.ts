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
      this.positions = new Uint32Array(hits.positions.length);
      this.literals = new Uint32Array(hits.positions.length);
    }
    this.positions.set(hits.positions.subarray(0, hits.count));
    this.literals.set(hits.literals.subarray(0, hits.count));
    this.count = hits.count;
  }
}

const NONE = new Uint32Array(0);

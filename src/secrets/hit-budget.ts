import type { FileGaps } from './file-gaps.ts';
import type { AnchorPlan } from './rule-set.ts';

const PAGE = 64 * 1024;

/** Occurrences of one literal judged in one page: one every hundred bytes, which dense settings files stay below. */
const HITS_PER_PAGE = 640;

/**
 * Bounds the work a file can ask for: beyond `HITS_PER_PAGE` occurrences of a literal in 64 KiB the rest of the page is
 * counted, not judged. Depends on offsets in the file alone, not on how it was cut. Offsets are asked for in rising order.
 */
export class HitBudget {
  #page = -1;
  readonly #inPage = new Map<AnchorPlan, number>();
  readonly #gaps: FileGaps;

  /** What is refused is counted in the file's gaps. */
  constructor(gaps: FileGaps) {
    this.#gaps = gaps;
  }

  admit(plan: AnchorPlan, offset: number): boolean {
    const page = Math.floor(offset / PAGE);
    if (page !== this.#page) {
      this.#page = page;
      this.#inPage.clear();
    }
    const count = (this.#inPage.get(plan) ?? 0) + 1;
    this.#inPage.set(plan, count);
    if (count <= HITS_PER_PAGE) return true;
    this.#gaps.refused++;
    return false;
  }
}

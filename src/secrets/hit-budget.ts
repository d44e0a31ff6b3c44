const PAGE = 64 * 1024;

/** Literals judged in one page: ordinary files have less than a tenth; an attacker could put one every four bytes. */
const HITS_PER_PAGE = 768;

/**
 * Bounds the work a file can ask for: beyond `HITS_PER_PAGE` literals in 64 KiB the rest of the page is counted, not
 * judged. Depends on offsets in the file alone, not on how it was cut. Offsets are asked for in rising order.
 */
export class HitBudget {
  #page = -1;
  #inPage = 0;
  /** Literals that were not judged. */
  refused = 0;

  admit(offset: number): boolean {
    const page = Math.floor(offset / PAGE);
    if (page !== this.#page) {
      this.#page = page;
      this.#inPage = 0;
    }
    this.#inPage++;
    if (this.#inPage <= HITS_PER_PAGE) return true;
    this.refused++;
    return false;
  }
}

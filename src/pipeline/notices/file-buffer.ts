/** The bytes of one file put together from pieces, up to a limit. */
export class FileBuffer {
  readonly #limit: number;
  #bytes: Uint8Array;
  #used = 0;
  #isOver = false;

  /** `expected` is what the layer says; a sparse file has more. */
  constructor(expected: number, limit: number) {
    this.#limit = limit;
    this.#bytes = new Uint8Array(Math.min(expected, limit));
  }

  append(piece: Uint8Array): void {
    const needed = this.#used + piece.length;
    if (needed > this.#limit) this.#isOver = true;
    if (this.#isOver) return;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, 2 * this.#bytes.length)));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#used);
    this.#used = needed;
  }

  /** Undefined where the file is longer than the limit. */
  finish(): Uint8Array | undefined {
    return this.#isOver ? undefined : this.#bytes.subarray(0, this.#used);
  }
}

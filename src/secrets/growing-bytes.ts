/** Bytes that are appended to at the end and dropped at the begin. */
export class GrowingBytes {
  /** Valid up to `length`; replaced when it grows. */
  bytes: Uint8Array = EMPTY;
  length = 0;

  append(source: Uint8Array, from: number, to: number): void {
    if (to <= from) return;
    this.#reserve(this.length + to - from);
    this.bytes.set(source.subarray(from, to), this.length);
    this.length += to - from;
  }

  /** Forgets all and takes the range instead. */
  replace(source: Uint8Array, from: number, to: number): void {
    this.length = 0;
    this.append(source, from, to);
  }

  dropFirst(count: number): void {
    this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
  }

  #reserve(capacity: number): void {
    if (capacity <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(capacity, this.bytes.length * 2, 1024));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

const EMPTY = new Uint8Array(0);

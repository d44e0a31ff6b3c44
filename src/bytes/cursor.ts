/** Asked for bytes the input does not hold. Readers of hostile input catch it per record and report what was lost. */
export class BoundsError extends Error {
  override readonly name = 'BoundsError';
  readonly offset: number;
  readonly wanted: number;

  constructor(offset: number, wanted: number, size: number) {
    super(`${wanted} bytes wanted at offset ${offset} of ${size}`);
    this.offset = offset;
    this.wanted = wanted;
  }
}

export type Endianness = 'big' | 'little';

/**
 * Reads numbers and runs of bytes from an array, moving forward. Every read is checked: past the end it throws a
 * BoundsError and the position stays where it was.
 */
export class Cursor {
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #little: boolean;
  #position = 0;

  constructor(bytes: Uint8Array, endianness: Endianness) {
    this.#bytes = bytes;
    this.size = bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#little = endianness === 'little';
  }

  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.size - this.#position;
  }

  /** Moves to an offset from the start of the input; `size` itself is allowed. */
  seek(offset: number): this {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.size) throw new BoundsError(offset, 0, this.size);
    this.#position = offset;
    return this;
  }

  skip(count: number): this {
    this.#take(count);
    return this;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), this.#little);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), this.#little);
  }

  i32(): number {
    return this.#view.getInt32(this.#take(4), this.#little);
  }

  /** A 64-bit number; above 2^53 it is not an offset of anything we hold, so it is out of bounds. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), this.#little);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      this.#position -= 8;
      throw new BoundsError(Number(value), 0, this.size);
    }
    return Number(value);
  }

  /** An unsigned LEB128 number of at most 53 bits. */
  leb128(): number {
    const start = this.#position;
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    this.#position = start;
    throw new BoundsError(start, 8, this.size);
  }

  /** A view of the next bytes, not a copy. */
  bytes(count: number): Uint8Array {
    const start = this.#take(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** The bytes up to a NUL, which is consumed; throws where there is none within `limit` bytes. */
  zeroTerminated(limit: number): Uint8Array {
    const start = this.#position;
    const end = this.#bytes.subarray(start, start + limit + 1).indexOf(0);
    if (end < 0) throw new BoundsError(start, Math.min(limit, this.remaining) + 1, this.size);
    this.#position = start + end + 1;
    return this.#bytes.subarray(start, start + end);
  }

  #take(count: number): number {
    const start = this.#position;
    if (!Number.isSafeInteger(count) || count < 0 || count > this.size - start) {
      throw new BoundsError(start, count, this.size);
    }
    this.#position = start + count;
    return start;
  }
}

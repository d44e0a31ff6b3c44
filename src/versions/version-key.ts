import { significant } from './digits.ts';

/** Longest digit run a key holds; longer ones are compared at run time. */
const LONGEST_NUMBER = 250;

/**
 * Writes the bytes of an order-preserving version key: keys compare like their versions when compared as unsigned
 * bytes, and versions that compare equal have equal keys.
 */
export class VersionKey {
  #bytes = new Uint8Array(64);
  #length = 0;
  #sound = true;

  byte(value: number): this {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** A number of any length: count of significant digits, then the digits. */
  number(digits: string): this {
    const text = significant(digits);
    if (text.length > LONGEST_NUMBER) this.#sound = false;
    this.byte(Math.min(text.length, LONGEST_NUMBER));
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
    return this;
  }

  /** Text followed by a zero byte, so that a prefix comes first. Only for ASCII without NUL. */
  text(text: string): this {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 0 || code > 127) this.#sound = false;
      this.byte(code & 127);
    }
    return this.byte(0);
  }

  /** The key, or undefined where something did not fit and the order would not be kept. */
  finish(): Uint8Array | undefined {
    return this.#sound ? this.#bytes.slice(0, this.#length) : undefined;
  }
}

/** Order of two keys as unsigned bytes. */
export function compareKeys(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

import type { FileGaps } from './file-gaps.ts';
import { MAX_SIGHTINGS } from './limits.ts';

/** Occurrences of one literal that may come to nothing in a file of any size. */
const FRUITLESS = 640;

/** Bytes for one more of them: dense settings files stay below. */
const BYTES_PER_FRUITLESS = 128;

/**
 * Bounds the work a file can ask for. A literal that keeps coming to nothing, more often than once in 128 bytes, and one
 * that has found all that is kept of a file, is counted and no longer judged. Depends on what stood before in the file
 * alone, not on how it was cut, for the occurrences of one literal are always judged in their order.
 */
export class HitBudget {
  /** By literal: occurrences that came to nothing, and those that did not. */
  #fruitless: Uint32Array | undefined;
  #fruitful: Uint32Array | undefined;
  readonly #literals: number;
  readonly #gaps: FileGaps;

  /** What is refused is counted in the file's gaps. */
  constructor(literals: number, gaps: FileGaps) {
    this.#literals = literals;
    this.#gaps = gaps;
  }

  /** Whether the literal at this byte of the file is to be judged. Once refused, it is refused later too. */
  admit(literal: number, offset: number): boolean {
    if (
      (this.#fruitless?.[literal] ?? 0) < FRUITLESS + Math.floor(offset / BYTES_PER_FRUITLESS) &&
      (this.#fruitful?.[literal] ?? 0) < MAX_SIGHTINGS
    )
      return true;
    this.#gaps.refused++;
    return false;
  }

  /** Notes what judging the literal came to. */
  note(literal: number, found: boolean): void {
    this.#fruitless ??= new Uint32Array(this.#literals);
    this.#fruitful ??= new Uint32Array(this.#literals);
    const counts = found ? this.#fruitful : this.#fruitless;
    counts[literal] = (counts[literal] ?? 0) + 1;
  }
}

import type { FileGaps } from './file-gaps.ts';
import { MAX_SIGHTINGS } from './limits.ts';
import type { AnchorPlan } from './rule-set.ts';
import { type FileWindow, inspectAt, type RuleHit } from './sighting.ts';

/** Occurrences of one literal that may come to nothing in a file of any size. */
const FRUITLESS = 2048;

/** Bytes for one more of them. */
const BYTES_PER_FRUITLESS = 512;

/**
 * Judges the literals of one file and bounds the work it can ask for. A literal that keeps coming to nothing, more often
 * than once in 512 bytes, and one that has found all that is kept of a file, is counted and no longer judged. Depends on
 * what stood before in the file alone, not on how it was cut, for the occurrences of one literal are judged in their
 * order.
 */
export class HitBudget {
  readonly #plans: readonly AnchorPlan[];
  /** By literal: occurrences that came to nothing, and those that did not. */
  #fruitless: Map<number, number> | undefined;
  #fruitful: Map<number, number> | undefined;
  /** By literal: byte of the file before which it is refused for what it came to so far. Made when it is needed. */
  #refusedBefore: Float64Array = NO_OFFSETS;
  readonly #gaps: FileGaps;

  /** What is refused is counted in the file's gaps. */
  constructor(plans: readonly AnchorPlan[], gaps: FileGaps) {
    this.#plans = plans;
    this.#gaps = gaps;
  }

  /** Whether the literal at this byte of the file may be judged. Once refused, it is refused later too. */
  admits(literal: number, offset: number): boolean {
    if (offset >= (this.#refusedBefore[literal] ?? 0)) return true;
    this.#gaps.refused++;
    return false;
  }

  /** What the rules of the literal at this byte of the window find, where they may look. */
  judge(window: FileWindow, literal: number, at: number): readonly RuleHit[] {
    const plan = this.#plans[literal];
    if (plan === undefined || !this.admits(literal, window.offset + at - window.start)) return NOTHING;
    const found = inspectAt(plan, window, at, this.#gaps);
    this.#note(literal, found.length > 0);
    return found;
  }

  #note(literal: number, found: boolean): void {
    if (found) {
      this.#fruitful ??= new Map();
      if (counted(this.#fruitful, literal) >= MAX_SIGHTINGS) this.#refuse(literal, Number.POSITIVE_INFINITY);
    } else {
      this.#fruitless ??= new Map();
      const surplus = counted(this.#fruitless, literal) - FRUITLESS;
      if (surplus >= 0) this.#refuse(literal, (surplus + 1) * BYTES_PER_FRUITLESS);
    }
  }

  #refuse(literal: number, before: number): void {
    if (this.#refusedBefore.length === 0) this.#refusedBefore = new Float64Array(this.#plans.length);
    this.#refusedBefore[literal] = Math.max(this.#refusedBefore[literal] ?? 0, before);
  }
}

function counted(counts: Map<number, number>, literal: number): number {
  const count = (counts.get(literal) ?? 0) + 1;
  counts.set(literal, count);
  return count;
}

const NO_OFFSETS = new Float64Array(0);
const NOTHING: readonly RuleHit[] = [];

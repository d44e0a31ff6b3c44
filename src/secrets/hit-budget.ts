import type { FileGaps } from './file-gaps.ts';
import { MAX_SIGHTINGS } from './limits.ts';
import type { AnchorPlan } from './rule-set.ts';
import { type FileWindow, inspectAt, type RuleHit } from './sighting.ts';

/**
 * Occurrences of one literal that may come to nothing: so many in a file of any size, and one more for so many bytes of
 * it. The first bound is for small files, the second for large ones; both hold.
 */
const BOUNDS = [
  { fruitless: 1024, bytes: 64 },
  { fruitless: 4096, bytes: 1024 },
] as const;

/** So many that came to nothing keep below all bounds, whichever literals they were. */
const FEW = Math.min(...BOUNDS.map(({ fruitless }) => fruitless)) - 1;

/**
 * Judges the literals of one file and bounds the work it can ask for. A literal that comes to nothing too often, and one
 * that has found all that is kept of a file, is counted and no longer judged. Depends on what stood before in the file
 * alone, not on how it was cut, for the occurrences of one literal are judged in their order.
 */
export class HitBudget {
  readonly #plans: readonly AnchorPlan[];
  /** Literals that came to nothing, one by one while they are too few for any bound, then counted. */
  readonly #few: number[] = [];
  #fruitless: Map<number, number> | undefined;
  #fruitful: Map<number, number> | undefined;
  /** By literal: byte of the file before which it is refused for what it came to so far. Made when it is needed. */
  #refusedBefore: Float64Array | undefined;
  readonly #gaps: FileGaps;

  /** What is refused is counted in the file's gaps. */
  constructor(plans: readonly AnchorPlan[], gaps: FileGaps) {
    this.#plans = plans;
    this.#gaps = gaps;
  }

  /** Whether the literal at this byte of the file may be judged. Once refused, it is refused later too. */
  admits(literal: number, offset: number): boolean {
    const before = this.#refusedBefore;
    if (before === undefined || offset >= (before[literal] ?? 0)) return true;
    this.#gaps.refused++;
    return false;
  }

  /** What the rules of the literal at this byte of the window find, where they may look. */
  judge(window: FileWindow, literal: number, at: number): readonly RuleHit[] {
    if (!this.admits(literal, window.offset + at - window.start)) return NOTHING;
    const plan = this.#plans[literal];
    if (plan === undefined) return NOTHING;
    const found = inspectAt(plan, window, at, this.#gaps);
    this.#note(literal, found.length > 0);
    return found;
  }

  #note(literal: number, found: boolean): void {
    if (found) {
      this.#fruitful ??= new Map();
      if (counted(this.#fruitful, literal) >= MAX_SIGHTINGS) this.#refuse(literal, Number.POSITIVE_INFINITY);
    } else if (this.#few.length < FEW) this.#few.push(literal);
    else {
      this.#fruitless ??= new Map([...Map.groupBy(this.#few, Number)].map(([known, all]) => [known, all.length]));
      const count = counted(this.#fruitless, literal);
      for (const { fruitless, bytes } of BOUNDS)
        if (count >= fruitless) this.#refuse(literal, (count - fruitless + 1) * bytes);
    }
  }

  #refuse(literal: number, before: number): void {
    this.#refusedBefore ??= new Float64Array(this.#plans.length);
    this.#refusedBefore[literal] = Math.max(this.#refusedBefore[literal] ?? 0, before);
  }
}

function counted(counts: Map<number, number>, literal: number): number {
  const count = (counts.get(literal) ?? 0) + 1;
  counts.set(literal, count);
  return count;
}

const NOTHING: readonly RuleHit[] = [];

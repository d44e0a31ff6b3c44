import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';

/** What the archives under one budget may still unpack to: one for all depths, so that nesting multiplies nothing. */
export interface NestedBudget {
  /** Bytes that are left. */
  readonly left: number;
  /** Takes bytes; throws a plain NestedBudgetSpent once the budget is used up. */
  take(bytes: number): void;
}

export class NestedBudgetSpent extends Error {}

/** What looking into an archive costs beside its bytes, in bytes: many tiny ones are as much work as a large one. */
const ARCHIVE_COST = 64 * 1024;
/** Text packs to a thirtieth at best, runs of one byte to a thousandth: what grows more is a bomb. */
const EXPANSION = 200;
/** What a small archive may unpack to whatever its size. */
const SMALL_EXPANSION = 16 * 1024 * 1024;

/** A fresh budget of so many bytes. */
export function nestedBudget(bytes: number): NestedBudget {
  let left = bytes;
  return {
    get left() {
      return left;
    },
    take(taken) {
      left -= taken;
      if (left < 0) throw new NestedBudgetSpent();
    },
  };
}

/** What an archive of so many bytes may unpack to where it has a budget of its own. */
export function nestedBytesFor(size: number, limits: Limits): number {
  return Math.min(limits.nestedBytes, Math.max(SMALL_EXPANSION, size * EXPANSION));
}

/** Charges that an archive is looked into at all. */
export function chargeArchive(budget: NestedBudget): void {
  budget.take(ARCHIVE_COST);
}

export type NestedProblemCode =
  | 'PLM_NESTED_DAMAGED'
  | 'PLM_NESTED_LIMIT'
  | 'PLM_NESTED_ENCRYPTED'
  | 'PLM_NESTED_UNSUPPORTED';

export function nestedProblem(code: NestedProblemCode, detail: string): ProblemDraft {
  return { code, detail };
}

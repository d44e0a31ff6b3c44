import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';

/** What one outer file may still unpack to: one budget for all depths, so that nesting multiplies nothing. */
export interface NestedBudget {
  /** Takes bytes; throws a plain NestedBudgetSpent once the budget is used up. */
  take(bytes: number): void;
}

export class NestedBudgetSpent extends Error {}

/** A fresh budget for one file of the image. */
export function nestedBudget(limits: Limits): NestedBudget {
  let left = limits.nestedBytes;
  return {
    take(bytes) {
      left -= bytes;
      if (left < 0) throw new NestedBudgetSpent();
    },
  };
}

export type NestedProblemCode =
  | 'PLM_NESTED_DAMAGED'
  | 'PLM_NESTED_LIMIT'
  | 'PLM_NESTED_ENCRYPTED'
  | 'PLM_NESTED_UNSUPPORTED';

export function nestedProblem(code: NestedProblemCode, detail: string): ProblemDraft {
  return { code, detail };
}

import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import { borrowInflater, KERNEL_BYTES, returnInflater } from './borrow-inflater.ts';
import { borrowLzmaDecoder, returnLzmaDecoder } from './borrow-lzma-decoder.ts';
import { UnsupportedDataError } from './decoder.ts';
import { gunzip } from './gunzip.ts';
import { unlzma } from './lzma-alone.ts';
import { type NestedBudget, NestedBudgetSpent, nestedProblem } from './nested.ts';
import { unzstd } from './unzstd.ts';
import { unxz } from './xz.ts';

/** Formats of one packed run of bytes that can be unpacked. */
export type PackedFormat = 'gzip' | 'zstd' | 'xz' | 'lzma';

export interface UnpackOptions {
  readonly limits: Limits;
  readonly budget: NestedBudget;
  readonly onProblem: (problem: ProblemDraft) => void;
}

/** The unpacked bytes once, valid until the loop goes on; not at all where `onProblem` hears why they cannot be had. */
export function* unpacked(bytes: Uint8Array, format: PackedFormat, options: UnpackOptions): Iterable<Uint8Array> {
  try {
    yield* decoded(bytes, format, options);
  } catch (error) {
    if (error instanceof NestedBudgetSpent) throw error;
    // less than one member may hold was left: it is the budget that is too small
    if (error instanceof RangeError && options.budget.left < options.limits.nestedMemberBytes)
      throw new NestedBudgetSpent();
    options.onProblem(problemOf(error, format, options.limits));
  }
}

function* decoded(bytes: Uint8Array, format: PackedFormat, options: UnpackOptions): Iterable<Uint8Array> {
  const { budget } = options;
  const limit = Math.min(options.limits.nestedMemberBytes, budget.left);
  if (format === 'gzip') {
    const inflater = borrowInflater();
    try {
      yield* lent(charged(gunzip(bytes, limit, inflater), budget));
    } finally {
      returnInflater(inflater);
    }
  } else if (format === 'zstd') yield* lent(charged(unzstd(bytes, limit), budget));
  else {
    const decoder = borrowLzmaDecoder();
    try {
      if (format === 'xz') yield unxz(bytes, { limit, budget, decoder });
      else yield charged(unlzma(bytes, limit, decoder), budget);
    } finally {
      returnLzmaDecoder(decoder);
    }
  }
}

/** Frees a large one at once, not when the collector runs: the next one would come to lie beside it. */
function* lent(plain: Uint8Array): Iterable<Uint8Array> {
  try {
    yield plain;
  } finally {
    if (plain.length > KERNEL_BYTES && plain.buffer instanceof ArrayBuffer) plain.buffer.transfer(0);
  }
}

/** For formats that tell their size only once they are unpacked. */
function charged(plain: Uint8Array, budget: NestedBudget): Uint8Array {
  budget.take(plain.length);
  return plain;
}

function problemOf(error: unknown, format: PackedFormat, limits: Limits): ProblemDraft {
  if (error instanceof UnsupportedDataError) {
    return nestedProblem('PLM_NESTED_UNSUPPORTED', `${error.message} and was not looked into`);
  }
  if (error instanceof RangeError) {
    const detail = `${format} data unpacks to more than ${limits.nestedMemberBytes} bytes and was not looked into`;
    return nestedProblem('PLM_NESTED_LIMIT', detail);
  }
  return nestedProblem('PLM_NESTED_DAMAGED', `${format} data is damaged and was not looked into`);
}

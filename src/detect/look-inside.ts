import { arMembers } from '../archive-formats/ar.ts';
import { borrowInflater, returnInflater } from '../archive-formats/borrow-inflater.ts';
import { gunzip } from '../archive-formats/gunzip.ts';
import { memberPath } from '../archive-formats/member-path.ts';
import { type NestedBudget, NestedBudgetSpent, nestedProblem } from '../archive-formats/nested.ts';
import { tarMembers } from '../archive-formats/tar-members.ts';
import { unzstd } from '../archive-formats/unzstd.ts';
import { ProblemError, zipMembers } from '../archive-formats/zip.ts';
import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { Inflater } from '../wasm/inflate.ts';

export type InsideFormat = 'zip' | 'tar' | 'gzip' | 'zstd' | 'deb' | 'xz';

/** A member of an archive with its content. */
export interface InsideFile {
  /** `outer!/inner`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const MAGICS: readonly {
  readonly format: InsideFormat;
  readonly magic: readonly number[];
  readonly offset?: number;
}[] = [
  { format: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'gzip', magic: [0x1f, 0x8b, 0x08] },
  { format: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { format: 'deb', magic: [...'!<arch>\ndebian-binary'].map((letter) => letter.charCodeAt(0)) },
  // POSIX ustar magic of the first header
  { format: 'tar', magic: [0x75, 0x73, 0x74, 0x61, 0x72], offset: 257 },
];

/** The archive format the first bytes show, or undefined. */
export function insideFormat(head: Uint8Array): InsideFormat | undefined {
  return MAGICS.find(({ magic, offset = 0 }) => magic.every((byte, index) => head[offset + index] === byte))?.format;
}

/** The members of one archive, one level deep. What cannot be read goes to `onProblem`; the others are unharmed. */
export function* lookInside(
  file: InsideFile,
  format: InsideFormat,
  options: {
    readonly limits: Limits;
    readonly budget: NestedBudget;
    readonly onProblem: (problem: ProblemDraft) => void;
  },
): Iterable<InsideFile> {
  const { limits, budget, onProblem } = options;
  switch (format) {
    case 'zip':
      for (const member of zipMembers(file.bytes, limits, budget, onProblem)) {
        const bytes = attempt(() => member.bytes(), onProblem);
        if (bytes !== undefined) yield { path: `${file.path}!/${member.path}`, bytes };
      }
      break;
    case 'tar':
      for (const member of tarMembers(file.bytes, limits, onProblem)) {
        yield { path: `${file.path}!/${member.path}`, bytes: member.bytes };
      }
      break;
    case 'deb': {
      const { members, complete } = arMembers(file.bytes);
      if (!complete)
        onProblem(
          nestedProblem('PLM_NESTED_DAMAGED', 'ar archive is damaged; members after the damage were not looked into'),
        );
      for (const member of members)
        yield { path: `${file.path}!/${memberPath(member.path) ?? 'unnamed'}`, bytes: member.bytes };
      break;
    }
    case 'gzip':
    case 'zstd': {
      const inflater = borrowInflater();
      try {
        const bytes = attempt(() => decompress(file.bytes, format, { limits, budget, inflater }), onProblem);
        if (bytes !== undefined) yield { path: `${file.path}!/${plainName(file.path)}`, bytes };
      } finally {
        returnInflater(inflater);
      }
      break;
    }
    case 'xz':
      onProblem(nestedProblem('PLM_NESTED_UNSUPPORTED', 'xz data was not looked into: no decoder'));
      break;
  }
}

function attempt<T>(read: () => T, onProblem: (problem: ProblemDraft) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    onProblem(error.problem);
    return undefined;
  }
}

function decompress(
  bytes: Uint8Array,
  format: 'gzip' | 'zstd',
  options: { readonly limits: Limits; readonly budget: NestedBudget; readonly inflater: Inflater },
): Uint8Array {
  const limit = options.limits.nestedMemberBytes;
  let plain: Uint8Array;
  try {
    plain = format === 'gzip' ? gunzip(bytes, limit, options.inflater) : unzstd(bytes, limit);
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    const problem = tooLarge
      ? nestedProblem('PLM_NESTED_LIMIT', `${format} data unpacks to more than ${limit} bytes and was not looked into`)
      : nestedProblem('PLM_NESTED_DAMAGED', `${format} data is damaged and was not looked into`);
    throw Object.assign(new ProblemError(problem), { cause });
  }
  options.budget.take(plain.length);
  return plain;
}

/** `rules.tar.gz` -> `rules.tar`, `data.tgz` -> `data.tar`. */
function plainName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.t(?:gz|zst)$/.test(name)) return name.replace(/\.t(?:gz|zst)$/, '.tar');
  return name.replace(/\.(?:gz|zst|zstd|Z)$/, '') || 'content';
}

/** True for the throw that ends a whole outer file: its members unpack to more than the budget. */
export function isBudgetSpent(error: unknown): boolean {
  return error instanceof NestedBudgetSpent;
}

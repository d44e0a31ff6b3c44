import { arMembers } from '../archive-formats/ar.ts';
import { cpioMembers, isCpio } from '../archive-formats/cpio.ts';
import { memberPath } from '../archive-formats/member-path.ts';
import { NestedBudgetSpent, nestedProblem } from '../archive-formats/nested.ts';
import { type UnpackOptions, unpacked } from '../archive-formats/packed-data.ts';
import { rpmMembers } from '../archive-formats/rpm-package.ts';
import { tarMembers } from '../archive-formats/tar-members.ts';
import { endsAsZip, ProblemError, zipMembers } from '../archive-formats/zip.ts';
import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';

export type InsideFormat = 'zip' | 'tar' | 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'deb' | 'rpm' | 'cpio';

/**
 * What the first bytes of a file show. Executable jars and Python zip applications begin with a script; most scripts are
 * nothing else.
 */
export type HeadFormat = InsideFormat | 'script';

/** A member of an archive with its content. */
export interface InsideFile {
  /** `outer!/inner`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Bytes of letters. */
function letters(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}

const MAGICS: readonly {
  readonly format: HeadFormat;
  readonly magic: readonly number[];
  readonly offset?: number;
}[] = [
  { format: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'script', magic: letters('#!') },
  { format: 'gzip', magic: [0x1f, 0x8b, 0x08] },
  { format: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  // Behind `BZh` and a digit: the first block.
  { format: 'bzip2', magic: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], offset: 4 },
  { format: 'deb', magic: letters('!<arch>\ndebian-binary') },
  { format: 'rpm', magic: [0xed, 0xab, 0xee, 0xdb] },
  // Magic of the first header, as POSIX and as GNU write it: programs that write archives have the word alone.
  { format: 'tar', magic: letters('ustar\0'), offset: 257 },
  { format: 'tar', magic: letters('ustar '), offset: 257 },
];

/** The archive format of a whole file, or undefined. */
export function insideFormat(bytes: Uint8Array): InsideFormat | undefined {
  const format = headFormat(bytes);
  if (format !== 'script') return format;
  return endsAsZip(bytes) ? 'zip' : undefined;
}

/** The format that the first 512 bytes of a file show, or undefined. */
export function headFormat(head: Uint8Array): HeadFormat | undefined {
  for (const { format, magic, offset = 0 } of MAGICS) if (standsAt(head, magic, offset)) return format;
  return isCpio(head) ? 'cpio' : undefined;
}

/** Asked of every file and member: a loop, for a closure per magic shows in profiles. */
function standsAt(head: Uint8Array, magic: readonly number[], offset: number): boolean {
  for (let index = 0; index < magic.length; index += 1) {
    if (head[offset + index] !== magic[index]) return false;
  }
  return true;
}

/** Stored xz data that is larger than this part of what a member may unpack to does not stay below it. */
const XZ_RATIO = 4;

/**
 * Why an archive is not looked into at all, where its format and its size tell: nothing need be held in memory for it.
 * Undefined where it is looked into.
 */
export function refusedUnread(format: HeadFormat, size: number, limits: Limits): ProblemDraft | undefined {
  if (format === 'bzip2') {
    return nestedProblem('PLM_NESTED_UNSUPPORTED', 'bzip2 data was not looked into: there is no decoder for it');
  }
  const largest = limits.nestedMemberBytes / XZ_RATIO;
  if (format !== 'xz' || size <= largest) return undefined;
  const detail = `${size} bytes of xz data are more than the ${largest} that are unpacked; its content was not looked into`;
  return nestedProblem('PLM_NESTED_LIMIT', detail);
}

/** The members of one archive, one level deep. What cannot be read goes to `onProblem`; the others are unharmed. */
export function* lookInside(file: InsideFile, format: InsideFormat, options: UnpackOptions): Iterable<InsideFile> {
  const refusal = refusedUnread(format, file.bytes.length, options.limits);
  if (refusal !== undefined) {
    options.onProblem(refusal);
    return;
  }
  for (const member of membersOf(file, format, options))
    yield { path: `${file.path}!/${member.path}`, bytes: member.bytes };
}

/** The members under the paths they have in the archive. */
function* membersOf(file: InsideFile, format: InsideFormat, options: UnpackOptions): Iterable<InsideFile> {
  const { limits, budget, onProblem } = options;
  switch (format) {
    case 'zip':
      for (const member of zipMembers(file.bytes, limits, budget, onProblem)) {
        const bytes = attempt(() => member.bytes(), onProblem);
        if (bytes !== undefined) yield { path: member.path, bytes };
      }
      break;
    case 'tar':
      yield* tarMembers(file.bytes, limits, onProblem);
      break;
    case 'cpio':
      yield* cpioMembers(file.bytes, limits, onProblem);
      break;
    case 'rpm':
      yield* rpmMembers(file.bytes, options);
      break;
    case 'deb':
      yield* debMembers(file.bytes, onProblem);
      break;
    case 'gzip':
    case 'zstd':
    case 'xz':
      for (const bytes of unpacked(file.bytes, format, options)) yield { path: plainName(file.path), bytes };
      break;
  }
}

function debMembers(deb: Uint8Array, onProblem: (problem: ProblemDraft) => void): readonly InsideFile[] {
  const { members, complete } = arMembers(deb);
  if (!complete) {
    const detail = 'ar archive is damaged; members after the damage were not looked into';
    onProblem(nestedProblem('PLM_NESTED_DAMAGED', detail));
  }
  return members.map(({ path, bytes }) => ({ path: memberPath(path) ?? 'unnamed', bytes }));
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

/** `rules.tar.gz` -> `rules.tar`, `data.tgz` and `data.txz` -> `data.tar`. */
function plainName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/\.t(?:gz|zst|xz)$/.test(name)) return name.replace(/\.t(?:gz|zst|xz)$/, '.tar');
  return name.replace(/\.(?:gz|zst|zstd|xz|Z)$/, '') || 'content';
}

/** True for the throw that ends a whole outer file: its members unpack to more than the budget. */
export function isBudgetSpent(error: unknown): boolean {
  return error instanceof NestedBudgetSpent;
}

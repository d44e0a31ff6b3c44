import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import { memberPath } from './member-path.ts';
import { nestedProblem } from './nested.ts';

/** A regular file of a cpio archive in memory; the bytes are a view of the archive. */
export interface CpioMember {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Magic, then 13 fields of eight hexadecimal digits. */
const HEADER_BYTES = 110;
const HEADER = /^07070[12][0-9a-fA-F]{104}$/;
const FIELD_BYTES = 8;
const FIRST_FIELD = 6;
const MODE = 1;
const LINKS = 4;
const SIZE = 6;
const NAME_SIZE = 11;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const ALIGNMENT = 4;
const END_NAME = 'TRAILER!!!';
/** Headers of rpm for files above 4 GiB, whose sizes stand elsewhere. */
const STRIPPED = '07070X';
const latin = new TextDecoder('latin1');

/** Whether the bytes begin with a cpio header of the "new" ASCII format, with or without checksum. */
export function isCpio(head: Uint8Array): boolean {
  return head[0] === 0x30 && HEADER.test(latin.decode(head.subarray(0, HEADER_BYTES)));
}

/**
 * The regular files of a cpio archive in the "new" ASCII format
 * (https://www.kernel.org/doc/html/latest/driver-api/early-userspace/buffer-format.html), also of several behind one
 * another, in archive order. Damage ends the list and goes to `onProblem`. A file of several names is under the last.
 */
export function* cpioMembers(
  archive: Uint8Array,
  limits: Limits,
  onProblem: (problem: ProblemDraft) => void,
): Iterable<CpioMember> {
  let count = 0;
  let at = 0;
  let ended = false;
  while (at < archive.length) {
    if (ended) at = afterZeros(archive, at);
    if (at === archive.length) return;
    const entry = readEntry(archive, at);
    if (typeof entry === 'string') {
      onProblem(nestedProblem('PLM_NESTED_DAMAGED', `cpio: ${entry}; the rest was not looked into`));
      return;
    }
    at = entry.next;
    ended = entry.name === END_NAME;
    if (ended) continue;
    count += 1;
    if (count > limits.nestedMembers) {
      const detail = `cpio has more than ${limits.nestedMembers} members; the rest was not looked into`;
      onProblem(nestedProblem('PLM_NESTED_LIMIT', detail));
      return;
    }
    const path = memberPath(entry.name);
    if (path !== undefined && entry.hasContent) yield { path, bytes: entry.bytes };
  }
  if (!ended) onProblem(nestedProblem('PLM_NESTED_DAMAGED', 'cpio has no end; members may be missing'));
}

interface CpioEntry {
  readonly name: string;
  readonly hasContent: boolean;
  readonly bytes: Uint8Array;
  /** Where the next header stands. */
  readonly next: number;
}

/** What is wrong with it in place of the entry. */
function readEntry(archive: Uint8Array, start: number): CpioEntry | string {
  const header = latin.decode(archive.subarray(start, start + HEADER_BYTES));
  if (header.startsWith(STRIPPED)) return 'headers without sizes are not read';
  if (!HEADER.test(header)) return 'a header is damaged';
  const nameStart = start + HEADER_BYTES;
  const nameEnd = nameStart + field(header, NAME_SIZE);
  const contentStart = aligned(nameEnd);
  const contentEnd = contentStart + field(header, SIZE);
  if (nameEnd > archive.length || contentEnd > archive.length) return 'a member is cut off';
  const name = archive.subarray(nameStart, nameEnd);
  const zero = name.indexOf(0);
  const isRegular = (field(header, MODE) & FILE_TYPE) === REGULAR;
  return {
    name: new TextDecoder().decode(zero < 0 ? name : name.subarray(0, zero)),
    // All names of a file but the last stand without its content.
    hasContent: isRegular && (contentEnd > contentStart || field(header, LINKS) < 2),
    bytes: archive.subarray(contentStart, contentEnd),
    next: Math.min(aligned(contentEnd), archive.length),
  };
}

function field(header: string, index: number): number {
  const start = FIRST_FIELD + index * FIELD_BYTES;
  return Number.parseInt(header.slice(start, start + FIELD_BYTES), 16);
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

function afterZeros(archive: Uint8Array, start: number): number {
  let at = start;
  while (archive[at] === 0) at += 1;
  return at;
}

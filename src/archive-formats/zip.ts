import { inflateRawSync } from 'node:zlib';
import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { Inflater } from '../wasm/inflate.ts';
import { borrowInflater, KERNEL_BYTES, returnInflater } from './borrow-inflater.ts';
import { memberPath } from './member-path.ts';
import { type NestedBudget, nestedProblem } from './nested.ts';

/**
 * Members of a zip file in memory, read through its central directory
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3 to 4.5).
 */
export interface ZipMember {
  /** Canonical path inside the archive. */
  readonly path: string;
  /** Uncompressed bytes as stated; held to while inflating. */
  readonly size: number;
  /**
   * Inflates the member; the bytes are valid until the next member is inflated. Throws a ProblemError where it is
   * damaged, encrypted or over a limit.
   */
  bytes(): Uint8Array;
}

const END_SIGNATURE = 'PK\x05\x06';
const END_SIZE = 22;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_LOCATOR_SIZE = 20;
const END64_SIGNATURE = 0x06064b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const MAX_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const ZIP64_EXTRA = 1;

interface Directory {
  readonly start: number;
  readonly end: number;
  /** Bytes before the archive (launch scripts, executables): added to every stated offset. */
  readonly shift: number;
}

/** A damaged, encrypted or oversized member: the reader of the archive turns it into a problem of the report. */
export class ProblemError extends Error {
  readonly problem: ProblemDraft;
  constructor(problem: ProblemDraft) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Walks the central directory; faults of the directory itself go to `onProblem`, and what was read before stands. */
export function* zipMembers(
  bytes: Uint8Array,
  limits: Limits,
  budget: NestedBudget,
  onProblem: (problem: ProblemDraft) => void,
): Iterable<ZipMember> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = findDirectory(bytes, view);
  if (directory === undefined) {
    onProblem(nestedProblem('PLM_NESTED_DAMAGED', 'zip has no central directory; its members were not looked into'));
    return;
  }
  const inflater = borrowInflater();
  try {
    yield* walkDirectory(bytes, directory, { limits, budget, onProblem, inflater });
  } finally {
    returnInflater(inflater);
  }
}

interface WalkOptions {
  readonly limits: Limits;
  readonly budget: NestedBudget;
  readonly onProblem: (problem: ProblemDraft) => void;
  readonly inflater: Inflater;
}

function* walkDirectory(bytes: Uint8Array, directory: Directory, options: WalkOptions): Iterable<ZipMember> {
  const { limits, onProblem } = options;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = directory.start;
  let count = 0;
  while (at + CENTRAL_SIZE <= directory.end && view.getUint32(at, true) === CENTRAL_SIGNATURE) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const next = at + CENTRAL_SIZE + nameLength + extraLength + commentLength;
    if (next > directory.end) break;
    count += 1;
    if (count > limits.nestedMembers) {
      onProblem(
        nestedProblem(
          'PLM_NESTED_LIMIT',
          `zip has more than ${limits.nestedMembers} members; the rest was not looked into`,
        ),
      );
      return;
    }
    const member = readMember(bytes, view, { at, shift: directory.shift }, options);
    if (member !== undefined) yield member;
    at = next;
  }
  if (at < directory.end) {
    onProblem(
      nestedProblem(
        'PLM_NESTED_DAMAGED',
        'zip central directory is damaged; members after the damage were not looked into',
      ),
    );
  }
}

/** Whether the bytes end as a zip file does, whatever stands before it (section 4.3.16). */
export function endsAsZip(bytes: Uint8Array): boolean {
  return findEnd(bytes) !== undefined;
}

function findDirectory(bytes: Uint8Array, view: DataView): Directory | undefined {
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  return directory64(view, end) ?? directoryAt(end, view.getUint32(end + 12, true), view.getUint32(end + 16, true));
}

/** Where the end of the central directory stands: behind it is a comment at most. */
function findEnd(bytes: Uint8Array): number | undefined {
  const lowest = Math.max(0, bytes.length - END_SIZE - MAX_COMMENT);
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + lowest, bytes.length - lowest);
  if (tail.length < END_SIZE) return undefined;
  const at = tail.lastIndexOf(END_SIGNATURE, tail.length - END_SIZE, 'latin1');
  return at < 0 ? undefined : lowest + at;
}

function directoryAt(end: number, size: number, offset: number): Directory | undefined {
  const start = end - size;
  const shift = start - offset;
  return start < 0 || shift < 0 ? undefined : { start, end, shift };
}

function directory64(view: DataView, end: number): Directory | undefined {
  const locator = end - END64_LOCATOR_SIZE;
  if (locator < 0 || view.getUint32(locator, true) !== END64_LOCATOR_SIGNATURE) return undefined;
  const at = Number(view.getBigUint64(locator + 8, true));
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== END64_SIGNATURE) return undefined;
  return directoryAt(at, Number(view.getBigUint64(at + 40, true)), Number(view.getBigUint64(at + 48, true)));
}

function readMember(
  bytes: Uint8Array,
  view: DataView,
  { at, shift }: { readonly at: number; readonly shift: number },
  { limits, budget, inflater }: WalkOptions,
): ZipMember | undefined {
  const nameLength = view.getUint16(at + 28, true);
  const path = memberPath(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength));
  if (path === undefined || path.endsWith('/')) return undefined;
  const sizes = memberSizes(view, at, nameLength);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  return {
    path,
    size: sizes.plain,
    bytes: () => {
      if ((flags & ENCRYPTED) !== 0)
        throw new ProblemError(
          nestedProblem('PLM_NESTED_ENCRYPTED', `member ${path} is encrypted and was not looked into`),
        );
      if (sizes.plain > limits.nestedMemberBytes) {
        throw new ProblemError(
          nestedProblem(
            'PLM_NESTED_LIMIT',
            `member ${path} is larger than ${limits.nestedMemberBytes} bytes and was not looked into`,
          ),
        );
      }
      budget.take(sizes.plain);
      const place = { path, method, start: sizes.offset + shift, packed: sizes.packed, plain: sizes.plain };
      return unpack(bytes, view, place, inflater);
    },
  };
}

function memberSizes(
  view: DataView,
  at: number,
  nameLength: number,
): { packed: number; plain: number; offset: number } {
  let packed = view.getUint32(at + 20, true);
  let plain = view.getUint32(at + 24, true);
  let offset = view.getUint32(at + 42, true);
  let extra = at + CENTRAL_SIZE + nameLength;
  const end = extra + view.getUint16(at + 30, true);
  while (extra + 4 <= end) {
    const id = view.getUint16(extra, true);
    const length = view.getUint16(extra + 2, true);
    let field = extra + 4;
    const fieldEnd = Math.min(field + length, end);
    if (id === ZIP64_EXTRA) {
      const next = (): number => {
        const value = field + 8 <= fieldEnd ? Number(view.getBigUint64(field, true)) : 0;
        field += 8;
        return value;
      };
      if (plain === 0xffffffff) plain = next();
      if (packed === 0xffffffff) packed = next();
      if (offset === 0xffffffff) offset = next();
    }
    extra += 4 + length;
  }
  return { packed, plain, offset };
}

interface PackedMember {
  readonly path: string;
  readonly method: number;
  /** Where its local header begins. */
  readonly start: number;
  readonly packed: number;
  readonly plain: number;
}

function unpack(bytes: Uint8Array, view: DataView, member: PackedMember, inflater: Inflater): Uint8Array {
  const { path, method, start } = member;
  const damaged = nestedProblem('PLM_NESTED_DAMAGED', `member ${path} is damaged and was not looked into`);
  if (start + LOCAL_SIZE > view.byteLength || view.getUint32(start, true) !== LOCAL_SIGNATURE) {
    throw new ProblemError(damaged);
  }
  const data = start + LOCAL_SIZE + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (data + member.packed > bytes.length) throw new ProblemError(damaged);
  const packed = bytes.subarray(data, data + member.packed);
  if (method !== STORED && method !== DEFLATED) {
    const detail = `member ${path} uses compression method ${method} and was not looked into`;
    throw new ProblemError(nestedProblem('PLM_NESTED_UNSUPPORTED', detail));
  }
  const plain = method === STORED ? packed : inflate(packed, member.plain, inflater);
  if (plain?.length !== member.plain) throw new ProblemError(damaged);
  return plain;
}

/** Of zlib's output. */
const SMALLEST_PIECE = 64;

function inflate(packed: Uint8Array, size: number, inflater: Inflater): Uint8Array | undefined {
  if (packed.length + size <= KERNEL_BYTES) return inflater.inflate(packed, size);
  try {
    // one piece with a byte to spare: nothing is put together, and no second piece asked for
    return inflateRawSync(packed, { maxOutputLength: size, chunkSize: Math.max(SMALLEST_PIECE, size + 1) });
  } catch (error) {
    // zlib tells damage and excess output by codes of its own; both mean that the member is not what it says.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

import { parseNumber, TAR_BLOCK } from './tar-header.ts';

/**
 * Sparse files: old GNU maps in the header, pax 0.0 and 0.1 maps in records, pax 1.0 maps before the content.
 * https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html
 */

/** A run of stored bytes and where it lies in the real file. */
export interface SparseRun {
  readonly offset: number;
  readonly length: number;
}

/** How the stored bytes of a sparse file spread over the real one. */
export interface TarSparse {
  readonly realSize: number;
  /** Undefined where the map comes with the content (pax sparse 1.0). */
  readonly runs: readonly SparseRun[] | undefined;
}

/** `GNU.sparse.*` records as they come. */
export interface SparseRecords {
  name?: Uint8Array;
  major?: number | undefined;
  realSize?: number | undefined;
  map?: Uint8Array;
  pairs?: (number | undefined)[];
}

const HEADER_MAP = 386;
const HEADER_RUNS = 4;
const REAL_SIZE = 483;
const CONTINUATION_RUNS = 21;
const RUN_LENGTH = 24;
const NUMBER_LENGTH = 12;

/** The map of an old GNU sparse header and its continuation blocks. */
export function oldGnuSparse(header: Uint8Array, continuation: readonly Uint8Array[]): TarSparse {
  const runs = [
    ...runsAt(header, HEADER_MAP, HEADER_RUNS),
    ...continuation.flatMap((block) => [...runsAt(block, 0, CONTINUATION_RUNS)]),
  ];
  return { realSize: parseNumber(header, REAL_SIZE, NUMBER_LENGTH) ?? 0, runs };
}

function* runsAt(block: Uint8Array, at: number, count: number): Iterable<SparseRun> {
  for (let index = 0; index < count; index += 1) {
    const start = at + index * RUN_LENGTH;
    const offset = parseNumber(block, start, NUMBER_LENGTH);
    const length = parseNumber(block, start + NUMBER_LENGTH, NUMBER_LENGTH);
    if (offset !== undefined && length !== undefined && length > 0) yield { offset, length };
  }
}

/** The map of pax records; undefined where the entry is not sparse. */
export function paxSparse(records: SparseRecords): TarSparse | undefined {
  const { realSize, major, map, pairs } = records;
  if (major === 1) return { realSize: realSize ?? 0, runs: undefined };
  const numbers = map === undefined ? pairs : Buffer.from(map).toString('latin1').split(',').map(Number);
  if (numbers === undefined) return undefined;
  return { realSize: realSize ?? 0, runs: toRuns(numbers) };
}

function toRuns(numbers: readonly (number | undefined)[]): SparseRun[] {
  const runs: SparseRun[] = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const offset = numbers[index];
    const length = numbers[index + 1];
    if (Number.isSafeInteger(offset) && Number.isSafeInteger(length))
      runs.push({ offset: offset ?? 0, length: length ?? 0 });
  }
  return runs;
}

/**
 * The real content of a sparse file from its stored bytes, or undefined where the map contradicts itself or the file
 * is larger than `limit`.
 */
export function expandSparse(sparse: TarSparse, stored: Uint8Array, limit: number): Uint8Array | undefined {
  if (sparse.realSize > limit) return undefined;
  const runs = locateRuns(sparse, stored);
  if (runs === undefined) return undefined;
  const expanded = new Uint8Array(sparse.realSize);
  for (const { offset, bytes } of runs) expanded.set(bytes, offset);
  return expanded;
}

/** A run with its stored bytes, and where these lie in the real file. */
export interface LocatedRun {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The runs of a sparse file in its stored bytes, as the map lists them; undefined where the map contradicts itself. */
export function locateRuns(sparse: TarSparse, stored: Uint8Array): readonly LocatedRun[] | undefined {
  const content = sparse.runs === undefined ? mapBeforeContent(stored) : { runs: sparse.runs, at: 0 };
  if (content === undefined) return undefined;
  const located: LocatedRun[] = [];
  let { at } = content;
  for (const { offset, length } of content.runs) {
    if (length < 0 || offset < 0 || offset + length > sparse.realSize || at + length > stored.length) return undefined;
    located.push({ offset, bytes: stored.subarray(at, at + length) });
    at += length;
  }
  return located;
}

/** Pax 1.0: decimal lines (count, then offset and length of each run) padded to a block. */
function mapBeforeContent(stored: Uint8Array): { readonly runs: SparseRun[]; readonly at: number } | undefined {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (; stored[at] !== 0x0a; at += 1) {
      const digit = (stored[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9 || value > Number.MAX_SAFE_INTEGER / 16) return Number.NaN;
      value = value * 10 + digit;
    }
    at += 1;
    return value;
  };
  const numbers: number[] = [];
  const count = next();
  for (let index = 0; index < count * 2; index += 1) {
    const value = next();
    if (Number.isNaN(value)) return undefined;
    numbers.push(value);
  }
  return Number.isNaN(count) ? undefined : { runs: toRuns(numbers), at: Math.ceil(at / TAR_BLOCK) * TAR_BLOCK };
}

import { PlimsollError } from '../../errors.ts';

/** Probability of exploitation within 30 days and its rank among all CVEs (https://www.first.org/epss/), both 0 to 1. */
export interface EpssScore {
  readonly score: number;
  readonly percentile: number;
}

/**
 * Section `epss`, little-endian columns: magic `EPSS`, u32 count, then `year` u16[], `number` u32[], `score` u32[],
 * `percentile` u32[], each column at a multiple of four, rows strictly increasing by (year, number). Values are
 * hundred-thousandths: the five digits EPSS publishes.
 */
const MAGIC = 0x53535045;
const HEADER_BYTES = 8;
const SCALE = 100_000;
const CVE = /^CVE-(\d{4})-(\d{4,9})$/;
const ROW_LIMIT = 10_000_000;

export interface EpssRow extends EpssScore {
  readonly cve: string;
}

interface Columns {
  readonly count: number;
  readonly year: number;
  readonly number: number;
  readonly score: number;
  readonly percentile: number;
  readonly end: number;
}

function columns(count: number): Columns {
  const short = Math.ceil(count / 2) * 4;
  const year = HEADER_BYTES;
  const number = year + short;
  const score = number + count * 4;
  const percentile = score + count * 4;
  return { count, year, number, score, percentile, end: percentile + count * 4 };
}

/** Rows with a malformed CVE id must be left out by the caller (`isEpssCve`); of two rows for one CVE the last counts. */
export function encodeEpss(rows: readonly EpssRow[]): Uint8Array {
  const sorted = [...new Map(rows.map((row) => [row.cve, row])).values()]
    .map((row) => ({ ...row, id: splitCve(row.cve) }))
    .flatMap((row) => (row.id === undefined ? [] : [{ ...row, id: row.id }]))
    .sort((left, right) => left.id.year - right.id.year || left.id.number - right.id.number);
  const layout = columns(sorted.length);
  const bytes = Buffer.alloc(layout.end);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(sorted.length, 4);
  for (const [at, { id, score, percentile }] of sorted.entries()) {
    bytes.writeUInt16LE(id.year, layout.year + at * 2);
    bytes.writeUInt32LE(id.number, layout.number + at * 4);
    bytes.writeUInt32LE(Math.round(score * SCALE), layout.score + at * 4);
    bytes.writeUInt32LE(Math.round(percentile * SCALE), layout.percentile + at * 4);
  }
  return bytes;
}

/** Whether the section can hold a score of this id. */
export function isEpssCve(text: string): boolean {
  return splitCve(text) !== undefined;
}

function splitCve(text: string): { readonly year: number; readonly number: number } | undefined {
  const match = CVE.exec(text);
  if (match === null) return undefined;
  return { year: Number(match[1]), number: Number(match[2]) };
}

/** Looks up one CVE in the section by binary search; undefined where EPSS does not rate it. */
export function findEpss(bytes: Uint8Array, cve: string): EpssScore | undefined {
  const wanted = splitCve(cve);
  if (wanted === undefined) return undefined;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = readLayout(view);
  let low = 0;
  let high = layout.count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareRow(view, layout, middle, wanted);
    if (order === 0) {
      const score = view.readUInt32LE(layout.score + middle * 4) / SCALE;
      const percentile = view.readUInt32LE(layout.percentile + middle * 4) / SCALE;
      return { score, percentile };
    }
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** All rows in order. Throws PLM_BUNDLE_INDEX where the columns do not fit. */
export function* epssRows(bytes: Uint8Array): Generator<EpssRow> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = readLayout(view);
  for (let row = 0; row < layout.count; row++) {
    const year = view.readUInt16LE(layout.year + row * 2);
    const number = view.readUInt32LE(layout.number + row * 4);
    yield {
      cve: `CVE-${year}-${String(number).padStart(4, '0')}`,
      score: view.readUInt32LE(layout.score + row * 4) / SCALE,
      percentile: view.readUInt32LE(layout.percentile + row * 4) / SCALE,
    };
  }
}

function compareRow(
  view: Buffer,
  layout: Columns,
  row: number,
  wanted: { readonly year: number; readonly number: number },
): number {
  const year = view.readUInt16LE(layout.year + row * 2);
  return year - wanted.year || view.readUInt32LE(layout.number + row * 4) - wanted.number;
}

function readLayout(view: Buffer): Columns {
  if (view.length < HEADER_BYTES || view.readUInt32LE(0) !== MAGIC) throw malformed('no header');
  const count = view.readUInt32LE(4);
  if (count > ROW_LIMIT) throw malformed('too many rows');
  const layout = columns(count);
  if (layout.end !== view.length) throw malformed('the columns do not fit its length');
  return layout;
}

/** Throws PLM_BUNDLE_INDEX where the columns do not fit or the rows are not strictly increasing. */
export function validateEpss(bytes: Uint8Array): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = readLayout(view);
  for (let row = 1; row < layout.count; row++) {
    const before = {
      year: view.readUInt16LE(layout.year + row * 2 - 2),
      number: view.readUInt32LE(layout.number + row * 4 - 4),
    };
    if (compareRow(view, layout, row, before) <= 0) throw malformed(`row ${row} is out of order`);
  }
}

function malformed(reason: string): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_INDEX', `section epss: ${reason}`);
}

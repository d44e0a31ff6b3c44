import type { AnchorSearch } from '../bytes/anchor-search.ts';
import { type LinePosition, lineAndColumn, START_OF_FILE } from './line-position.ts';
import type { Found, SecretRule } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { latin1 } from './shapes/latin1.ts';
import { type FileWindow, inspectAt, type Sighting } from './sighting.ts';
import { stripUtf16, utf16Kind } from './utf16.ts';

/** What scanning needs: compiled rules and a search over their literals. */
export interface Scan {
  readonly rules: RuleSet;
  readonly search: AnchorSearch;
}

/** Files that file rules read whole, and UTF-16 texts. */
export const SECRET_FILE_BYTES = 2 * 1024 * 1024;

/** Encodings within encodings (base64 of base64, a key in a JSON text in a YAML text). */
const MAX_DECODING = 2;

/** Everything the rules find in one whole file. */
export function scanWhole(scan: Scan, path: string, bytes: Uint8Array, depth = 0): Sighting[] {
  const kind = utf16Kind(bytes);
  if (kind !== undefined && depth === 0) return scanUtf16(scan, path, stripUtf16(bytes, kind));
  const window: FileWindow = { path, bytes, start: 0, end: bytes.length, offset: 0 };
  const sightings: Sighting[] = [];
  const hits = scan.search.search(bytes);
  for (const { plan, at } of listHits(scan, hits.count, hits.positions, hits.literals)) {
    for (const { rule, found } of inspectAt(plan, window, at))
      sightings.push(...see(scan, rule, found, { window, depth, from: START_OF_FILE }));
  }
  if (bytes.length <= SECRET_FILE_BYTES) sightings.push(...inspectFileRules(scan, path, bytes, depth));
  return sightings;
}

/** Copies hits, for the search may run again while they are looked at. */
export function listHits(scan: Scan, count: number, positions: Uint32Array, literals: Uint32Array) {
  const list = [];
  for (let index = 0; index < count; index++) {
    const plan = scan.rules.plans[literals[index] ?? 0];
    if (plan !== undefined) list.push({ plan, at: positions[index] ?? 0 });
  }
  return list;
}

/** What the file rules that select this path or these first bytes find. */
export function inspectFileRules(scan: Scan, path: string, bytes: Uint8Array, depth = 0): Sighting[] {
  const sightings: Sighting[] = [];
  const window: FileWindow = { path, bytes, start: 0, end: bytes.length, offset: 0 };
  for (const rule of scan.rules.files.rulesFor(path, bytes, 0, bytes.length)) {
    for (const found of rule.inspectFile({ path, bytes }))
      sightings.push(...see(scan, rule, found, { window, depth, from: START_OF_FILE }));
  }
  return sightings;
}

export interface SightingContext {
  readonly window: FileWindow;
  readonly depth: number;
  /** Line position of the window's start. */
  readonly from: LinePosition;
}

/** Places a found value in its file; decoded bytes are scanned and take the place of the range they came from. */
export function see(scan: Scan, rule: SecretRule, found: Found, context: SightingContext): Sighting[] {
  const { window, depth } = context;
  const place = {
    offset: window.offset + found.start - window.start,
    length: found.end - found.start,
    ...lineAndColumn(scan.search, window, context.from, found.start),
  };
  if (found.decoded === undefined)
    return [{ rule, found, value: latin1(window.bytes, found.start, found.end), ...place }];
  if (depth >= MAX_DECODING) return [];
  return scanWhole(scan, window.path, found.decoded, depth + 1).map((inner) => ({ ...inner, ...place }));
}

function scanUtf16(scan: Scan, path: string, text: Uint8Array): Sighting[] {
  return scanWhole(scan, path, text, 1).map((sighting) => ({
    ...sighting,
    offset: sighting.offset * 2,
    length: sighting.length * 2,
  }));
}

import type { AnchorSearch } from '../bytes/anchor-search.ts';
import { KeptHits } from './anchor-hits.ts';
import { FileGaps } from './file-gaps.ts';
import { HitBudget } from './hit-budget.ts';
import { MAX_SIGHTINGS, SECRET_FILE_BYTES } from './limits.ts';
import { LineCursor, START_OF_FILE } from './line-position.ts';
import type { Found, SecretRule } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { latin1 } from './shapes/latin1.ts';
import type { FileWindow, Sighting } from './sighting.ts';
import { stripUtf16, utf16Kind } from './utf16.ts';

/** What scanning needs: compiled rules and a search over their literals. */
export interface Scan {
  readonly rules: RuleSet;
  readonly search: AnchorSearch;
}

/** Encodings within encodings (base64 of base64, a key in a JSON text in a YAML text). */
const MAX_DECODING = 2;

/** How far a file is being looked into, and what could not be looked at. */
export interface Pass {
  readonly gaps: FileGaps;
  /** Encodings that were undone to get at the bytes. */
  readonly depth: number;
}

/** Everything the rules find in one whole file. */
export function scanWhole(
  scan: Scan,
  path: string,
  bytes: Uint8Array,
  pass: Pass = { gaps: new FileGaps(), depth: 0 },
): Sighting[] {
  const { gaps, depth } = pass;
  const kind = utf16Kind(bytes);
  if (kind !== undefined && depth === 0) return scanUtf16(scan, path, { text: stripUtf16(bytes, kind), gaps });
  const sightings = inspectLiterals(scan, path, bytes, pass);
  sightings.push(...inspectFileRules(scan, path, bytes, pass));
  return sightings;
}

function inspectLiterals(scan: Scan, path: string, bytes: Uint8Array, { gaps, depth }: Pass): Sighting[] {
  const found = scan.search.search(bytes);
  // Of most files that is all.
  if (found.count === 0) return [];
  const window: FileWindow = { path, bytes, start: 0, end: bytes.length, offset: 0 };
  const lines = new LineCursor(scan.search, window, START_OF_FILE);
  const budget = new HitBudget(scan.rules.plans, gaps);
  const sightings: Sighting[] = [];
  const hits = new KeptHits();
  hits.take(found);
  for (let index = 0; index < hits.count; index++) {
    for (const { rule, found } of budget.judge(window, hits.literals[index] ?? 0, hits.positions[index] ?? 0)) {
      if (sightings.length >= MAX_SIGHTINGS) gaps.dropped++;
      else sightings.push(...see(scan, rule, found, { window, gaps, depth, lines }));
    }
  }
  return sightings;
}

/** What the file rules that select this path or these first bytes find; of a file too large for them, a gap. */
export function inspectFileRules(scan: Scan, path: string, bytes: Uint8Array, { gaps, depth }: Pass): Sighting[] {
  const rules = scan.rules.files.rulesFor(path, bytes, 0, bytes.length);
  if (rules.length === 0) return [];
  const sightings: Sighting[] = [];
  const window: FileWindow = { path, bytes, start: 0, end: bytes.length, offset: 0 };
  const lines = new LineCursor(scan.search, window, START_OF_FILE);
  for (const rule of rules) {
    if (bytes.length > SECRET_FILE_BYTES) {
      gaps.unread(rule.id);
      continue;
    }
    const founds: Found[] = [];
    try {
      for (const found of rule.inspectFile({ path, bytes })) founds.push(found);
    } catch (error) {
      gaps.fault(rule.id, error);
    }
    for (const found of founds) {
      if (sightings.length >= MAX_SIGHTINGS) gaps.dropped++;
      else sightings.push(...see(scan, rule, found, { window, gaps, depth, lines }));
    }
  }
  return sightings;
}

export interface SightingContext extends Pass {
  readonly window: FileWindow;
  readonly lines: LineCursor;
}

/** Places a found value in its file; decoded bytes are scanned and take the place of the range they came from. */
export function see(scan: Scan, rule: SecretRule, found: Found, context: SightingContext): Sighting[] {
  const { window, gaps, depth } = context;
  const place = {
    offset: window.offset + found.start - window.start,
    length: found.end - found.start,
    ...context.lines.place(found.start),
  };
  if (found.decoded === undefined)
    return [{ rule, found, value: latin1(window.bytes, found.start, found.end), ...place }];
  if (depth >= MAX_DECODING || !gaps.mayDecode(found.decoded.length)) return [];
  // Each at its share of the range, so that they do not lie over each other.
  const scale = place.length / Math.max(1, found.decoded.length);
  return scanWhole(scan, window.path, found.decoded, { gaps, depth: depth + 1 }).map((inner) => {
    const from = Math.floor(inner.offset * scale);
    const length = Math.max(1, Math.floor((inner.offset + inner.length) * scale) - from);
    return { ...inner, ...place, offset: place.offset + from, length };
  });
}

function scanUtf16(
  scan: Scan,
  path: string,
  { text, gaps }: { readonly text: Uint8Array; readonly gaps: FileGaps },
): Sighting[] {
  return scanWhole(scan, path, text, { gaps, depth: 1 }).map((sighting) => ({
    ...sighting,
    offset: sighting.offset * 2,
    length: sighting.length * 2,
  }));
}

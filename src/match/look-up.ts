import type { Segment, SegmentEntry } from '../bundle/index/open-segment.ts';
import { ROW } from '../bundle/index/segment-format.ts';
import type { Package } from '../model/package.ts';
import type { BundleReader } from './bundle-reader.ts';
import type { Candidate } from './candidates.ts';
import { appliesTo } from './row-qualifiers.ts';

/** What the rows of one advisory say about one package. */
export interface Hit {
  readonly candidate: Candidate;
  readonly advisory: string;
  readonly source: string;
  /** `notAffected`: the record states that no version of the package ever was. */
  readonly verdict: 'affected' | 'undecided' | 'notAffected' | 'unstated';
  /** Rows that hold the version, or that could not be compared with it. */
  readonly entries: readonly SegmentEntry[];
  /** Versions that end an affected range after the installed one. */
  readonly fixed: readonly string[];
  /** All rows of the advisory for this name, to ask about other versions. */
  readonly rows: readonly number[];
  readonly segment: Segment;
}

/** Every advisory of the candidate's segment that speaks about the package's version. Sorted by advisory. */
export function lookUp(pkg: Package, candidate: Candidate, reader: BundleReader): readonly Hit[] {
  const segment = reader.segment(candidate.segment);
  if (segment === undefined) return [];
  const [first, end] = segment.rowsOf(candidate.name);
  if (first === end) return [];
  const position = segment.positionOf(candidate.version);
  const hits: Hit[] = [];
  let start = first;
  for (let row = first + 1; row <= end; row++) {
    if (row < end && segment.columns.advisory[row] === segment.columns.advisory[start]) continue;
    const hit = judge({ pkg, candidate, segment, start, end: row, position });
    if (hit !== undefined) hits.push(hit);
    start = row;
  }
  return hits;
}

interface Rows {
  readonly pkg: Package;
  readonly candidate: Candidate;
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
  readonly position: number | undefined;
}

/** Rows `start` to `end` are those of one advisory. */
function judge({ pkg, candidate, segment, start, end, position }: Rows): Hit | undefined {
  const held: SegmentEntry[] = [];
  const open: SegmentEntry[] = [];
  const rows: number[] = [];
  let special: 'notAffected' | 'unstated' | undefined;
  for (let row = start; row < end; row++) {
    const flags = segment.columns.flags[row] ?? 0;
    const inside =
      (flags & (ROW.unaffected | ROW.unstated)) === 0 ? segment.holds(row, candidate.version, position) : 'inside';
    rows.push(row);
    if (inside === 'outside') continue;
    const entry = segment.entry(row);
    if (!appliesTo(entry, pkg)) continue;
    if ((flags & ROW.unaffected) !== 0) special = 'notAffected';
    else if ((flags & ROW.unstated) !== 0) special ??= 'unstated';
    else (inside === 'inside' ? held : open).push(entry);
  }
  const verdict = held.length > 0 ? 'affected' : open.length > 0 ? 'undecided' : special;
  if (verdict === undefined) return undefined;
  const entries = held.length > 0 ? held : open.length > 0 ? open : [segment.entry(start)];
  const { advisory, source } = segment.entry(start);
  const fixed = fixesAfter(candidate.version, rows, segment);
  return { candidate, advisory, source, verdict, entries, fixed, rows, segment };
}

/** The first fix after the version on each branch that holds it; else every later fix the record names. */
function fixesAfter(version: string, rows: readonly number[], segment: Segment): readonly string[] {
  const position = segment.positionOf(version);
  const own = new Set<string>();
  const later = new Set<string>();
  for (const row of rows) {
    const { fixed, flags } = segment.entry(row);
    if (fixed === undefined) continue;
    if ((flags & ROW.exact) === 0 && segment.holds(row, version, position) === 'inside') own.add(fixed);
    if (segment.scheme.compare(version, fixed) !== 1) later.add(fixed);
  }
  if (own.size > 0) return [...own];
  const nearest = [...later].sort((a, b) => segment.scheme.compare(a, b) ?? 0)[0];
  return nearest === undefined ? [] : [nearest];
}

import type { Segment, SegmentEntry } from '../bundle/index/open-segment.ts';
import { ROW } from '../bundle/index/segment-format.ts';
import type { Package } from '../model/package.ts';
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

/** One name of a package and the rows of a segment, ascending, that may hold its version. */
interface LookUp {
  readonly pkg: Package;
  readonly candidate: Candidate;
  readonly segment: Segment;
  readonly found: readonly number[];
}

/** What the advisories of the found rows say about the package's version. Sorted by advisory. */
export function lookUp({ pkg, candidate, segment, found }: LookUp): readonly Hit[] {
  if (found.length === 0) return [];
  const position = segment.positionOf(candidate.version);
  const hits: Hit[] = [];
  for (let start = 0; start < found.length; ) {
    const advisory = segment.columns.advisory[found[start] ?? 0];
    let end = start;
    while (end < found.length && segment.columns.advisory[found[end] ?? 0] === advisory) end++;
    const hit = judge({ pkg, candidate, segment, found: found.slice(start, end), position });
    if (hit !== undefined) hits.push(hit);
    start = end;
  }
  return hits;
}

/** The found rows are of one advisory; `position` is that of the version among the keys. */
function judge({
  pkg,
  candidate,
  segment,
  found,
  position,
}: LookUp & { readonly position: number | undefined }): Hit | undefined {
  const held: SegmentEntry[] = [];
  const open: SegmentEntry[] = [];
  const verdicts: SegmentEntry[] = [];
  for (const row of found) {
    const entry = segment.entry(row);
    if (!appliesTo(entry, pkg)) continue;
    if ((entry.flags & (ROW.unaffected | ROW.unstated)) !== 0) verdicts.push(entry);
    else {
      const inside = segment.holds(row, candidate.version, position);
      if (inside === 'inside') held.push(entry);
      else if (inside === 'undecided') open.push(entry);
    }
  }
  const unaffected = verdicts.some(({ flags }) => (flags & ROW.unaffected) !== 0);
  const [verdict, entries] =
    held.length > 0
      ? (['affected', held] as const)
      : open.length > 0
        ? (['undecided', open] as const)
        : ([unaffected ? 'notAffected' : 'unstated', verdicts] as const);
  const first = entries[0];
  if (first === undefined) return undefined;
  const rows = advisoryRows(segment, found[0] ?? 0, candidate.name);
  const fixed = fixesAfter({ version: candidate.version, position }, rows, segment);
  return { candidate, advisory: first.advisory, source: first.source, verdict, entries, fixed, rows, segment };
}

/** All rows of the advisory that one row is of, within the rows of the name. */
function advisoryRows(segment: Segment, row: number, name: string): readonly number[] {
  const [first, end] = segment.rowsOf(name);
  const advisory = segment.columns.advisory[row];
  let from = row;
  let to = row + 1;
  while (from > first && segment.columns.advisory[from - 1] === advisory) from--;
  while (to < end && segment.columns.advisory[to] === advisory) to++;
  return Array.from({ length: to - from }, (_, index) => from + index);
}

interface Installed {
  readonly version: string;
  readonly position: number | undefined;
}

/** The first fix after the version on each branch that holds it; else the nearest later fix the record names. */
function fixesAfter({ version, position }: Installed, rows: readonly number[], segment: Segment): readonly string[] {
  const own = new Set<string>();
  const later = new Set<string>();
  for (const row of rows) {
    const fixed = segment.fixOf(row);
    if (fixed === undefined) continue;
    if (segment.holds(row, version, position) === 'inside') own.add(fixed);
    else if (segment.scheme.compare(version, fixed) !== 1) later.add(fixed);
  }
  if (own.size > 0) return [...own];
  const nearest = [...later].sort((a, b) => segment.scheme.compare(a, b) ?? 0)[0];
  return nearest === undefined ? [] : [nearest];
}

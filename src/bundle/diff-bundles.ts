import type { AdvisoryBundle } from './advisory-bundle.ts';
import { openSegment, type Segment, segmentNames } from './index/open-segment.ts';

/** A package whose advisories differ between two bundles. */
export interface ChangedName {
  readonly ecosystem: string;
  readonly name: string;
  /** Ids of advisories that only the newer bundle files against it, only the older one, or both with other ranges. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Packages whose rows differ, by ecosystem and name. Segments with equal bytes are not opened. */
export function* diffBundles(before: AdvisoryBundle, after: AdvisoryBundle): Generator<ChangedName> {
  const ecosystems = new Set([...before.keys('segment'), ...after.keys('segment')]);
  for (const ecosystem of [...ecosystems].sort()) {
    const old = before.section('segment', ecosystem);
    const next = after.section('segment', ecosystem);
    if (old !== undefined && next !== undefined && Buffer.compare(old, next) === 0) continue;
    yield* diffSegments(ecosystem, open(old), open(next));
  }
}

function open(bytes: Uint8Array | undefined): Segment | undefined {
  return bytes === undefined ? undefined : openSegment(bytes);
}

function* diffSegments(
  ecosystem: string,
  before: Segment | undefined,
  after: Segment | undefined,
): Generator<ChangedName> {
  const names = new Set([...namesOf(before), ...namesOf(after)]);
  for (const name of [...names].sort()) {
    const old = rowsByAdvisory(before, name);
    const next = rowsByAdvisory(after, name);
    const added = [...next.keys()].filter((id) => !old.has(id));
    const removed = [...old.keys()].filter((id) => !next.has(id));
    const changed = [...next].filter(([id, rows]) => old.has(id) && old.get(id) !== rows).map(([id]) => id);
    if (added.length + removed.length + changed.length > 0) yield { ecosystem, name, added, removed, changed };
  }
}

function namesOf(segment: Segment | undefined): Iterable<string> {
  return segment === undefined ? [] : segmentNames(segment);
}

/** The rows of a name as comparable text, by advisory. */
function rowsByAdvisory(segment: Segment | undefined, name: string): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  if (segment === undefined) return rows;
  const [first, end] = segment.rowsOf(name);
  for (let row = first; row < end; row++) {
    const { advisory, ...rest } = segment.entry(row);
    rows.set(advisory, `${rows.get(advisory) ?? ''}${JSON.stringify(rest)}\n`);
  }
  return rows;
}

import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { openSegment, type Segment } from '../bundle/index/open-segment.ts';
import { ROW } from '../bundle/index/segment-format.ts';
import { compareText } from '../bytes/compare-text.ts';
import type { ArchiveStore } from './archive-store.ts';
import type { BundleChanges, ChangedKey } from './bundle-changes/changed-keys.ts';
import { namesForKey } from './component-names.ts';

type BundlePair = readonly [before: AdvisoryBundle, after: AdvisoryBundle];

/** Names asked for at once: the list travels as one parameter. */
const NAMES_AT_ONCE = 20_000;

/**
 * Components whose findings may differ between two bundles: those with a changed name and a version that a changed
 * advisory holds in either bundle, and those with a finding on a changed list of exploited vulnerabilities. Everything
 * else is equal by construction and not looked at. `all` where an image may now be judged by another segment. In order
 * of name, as bundles keep their records: those of one name are read once for all its components.
 */
export async function affectedComponents(
  store: ArchiveStore,
  changes: BundleChanges,
  bundles: BundlePair,
): Promise<ReadonlySet<number> | 'all'> {
  if (changes.families.size > 0) return 'all';
  const found = new Set(await store.componentsWithFindings(changes.exploited));
  const segments = new SegmentPairs(bundles);
  const sorted = changes.keys.toSorted(
    (left, right) => compareText(left.segment, right.segment) || compareText(left.name, right.name),
  );
  for (let start = 0; start < sorted.length; start += NAMES_AT_ONCE) {
    const keys = sorted
      .slice(start, start + NAMES_AT_ONCE)
      .map((key) => ({ key, names: namesForKey(key.segment, key.name) }));
    const components = await store.componentsNamed([...new Set(keys.flatMap(({ names }) => names))]);
    for (const { key, names } of keys) {
      const holds = segments.versionTest(key);
      for (const { component, version } of names.flatMap((name) => components.get(name) ?? []))
        if (!found.has(component) && holds(version)) found.add(component);
    }
  }
  return found;
}

/** The segments of one ecosystem in both bundles, opened once. */
class SegmentPairs {
  readonly #bundles: BundlePair;
  readonly #opened = new Map<string, readonly Segment[]>();

  constructor(bundles: BundlePair) {
    this.#bundles = bundles;
  }

  /** Whether a version lies in any row of the key's changed advisories, before or after; verdicts about all versions hold every one. */
  versionTest(key: ChangedKey): (version: string) => boolean {
    const rows = this.#segments(key.segment).map((segment) => ({ segment, rows: changedRowsOf(segment, key) }));
    const known = new Map<string, boolean>();
    return (version) => {
      const told = known.get(version);
      if (told !== undefined) return told;
      const holds = rows.some(({ segment, rows: numbers }) => {
        const position = segment.positionOf(version);
        return numbers.some(
          (row) =>
            ((segment.columns.flags[row] ?? 0) & (ROW.unaffected | ROW.unstated)) !== 0 ||
            segment.holds(row, version, position) !== 'outside',
        );
      });
      known.set(version, holds);
      return holds;
    };
  }

  #segments(key: string): readonly Segment[] {
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const opened = this.#bundles.flatMap((bundle) => {
      const bytes = bundle.section('segment', key);
      return bytes === undefined ? [] : [openSegment(bytes)];
    });
    this.#opened.set(key, opened);
    return opened;
  }
}

function changedRowsOf(segment: Segment, key: ChangedKey): readonly number[] {
  const [first, end] = segment.rowsOf(key.name);
  const rows: number[] = [];
  for (let row = first; row < end; row += 1) if (key.advisories.has(segment.entry(row).advisory)) rows.push(row);
  return rows;
}

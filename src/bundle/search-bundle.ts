import type { AdvisoryBundle } from './advisory-bundle.ts';
import { type AdvisoryRecord, openAdvisories } from './index/open-advisories.ts';
import { openSegment, type SegmentEntry } from './index/open-segment.ts';

/** A row of the index that a search for a package found. */
export interface PackageHit extends SegmentEntry {
  readonly ecosystem: string;
  readonly name: string;
}

/** Rows filed against a package name, in one ecosystem (`npm`, `Debian:12`, `Debian` for all releases) or in all. */
export function* searchPackage(bundle: AdvisoryBundle, name: string, ecosystem?: string): Generator<PackageHit> {
  for (const key of bundle.keys('segment')) {
    if (ecosystem !== undefined && key !== ecosystem && !key.startsWith(`${ecosystem}:`)) continue;
    const bytes = bundle.section('segment', key);
    if (bytes === undefined) continue;
    const segment = openSegment(bytes);
    const [first, end] = segment.rowsOf(name);
    for (let row = first; row < end; row++) yield { ecosystem: key, name, ...segment.entry(row) };
  }
}

/** Records with this id, or that name it as alias, upstream or related, in any letter case; by feed and id. */
export function* searchAdvisory(bundle: AdvisoryBundle, id: string): Generator<AdvisoryRecord> {
  const wanted = id.toLowerCase();
  for (const key of bundle.keys('advisories')) {
    const bytes = bundle.section('advisories', key);
    if (bytes === undefined) continue;
    const reader = openAdvisories(bytes);
    for (const known of reader.ids()) {
      const record = reader.read(known);
      if (record !== undefined && namesOf(record).some((name) => name.toLowerCase() === wanted)) yield record;
    }
  }
}

function namesOf({ id, aliases, upstream, related }: AdvisoryRecord): readonly string[] {
  return [id, ...aliases, ...upstream, ...related];
}

/**
 * Checks the facts of db-bundles/starter against real feeds (the folder given, by default ../shared/feeds): ids, flaws,
 * packages and ranges of every advisory the feeds have, listing dates of exploited flaws, end-of-life dates.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceTally } from '../src/bundle/feeds/feed-report.ts';
import { osvEcosystems, readOsvFeed } from '../src/bundle/feeds/osv-feed.ts';
import { NODE_FILE_SYSTEM } from '../src/bundle/store/file-system.ts';
import { isRecord } from '../src/bytes/json.ts';
import type { Advisory, AffectedPackage, RangeEvent } from '../src/model/advisory.ts';
import { schemeOfEcosystem } from '../src/versions/ecosystem.ts';
import type { VersionScheme } from '../src/versions/scheme.ts';
import { parseIntervals, readFlaws, readStarterAdvisories, readTable, type StarterAdvisory } from './starter-tables.ts';

const feeds = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'shared', 'feeds');
if (existsSync(feeds)) process.exitCode = check();
else console.log(`skipped: there are no feeds at ${feeds} to check the starter set against`);

function check(): number {
  const known = readFeedAdvisories();
  const wrong: string[] = [];
  let confirmed = 0;
  for (const advisory of readStarterAdvisories()) {
    const feed = known.get(advisory.id);
    if (
      feed === undefined ||
      !advisory.affected.every(([, name]) => feed.affected.some((entry) => entry.name === name))
    )
      continue;
    const faults = compare(advisory, feed);
    wrong.push(...faults);
    if (faults.length === 0) confirmed++;
  }
  wrong.push(...checkExploited(), ...checkEndOfLife());
  for (const line of wrong) console.error(line);
  console.log(
    `${confirmed} of ${readStarterAdvisories().length} advisories confirmed by the feeds, ${wrong.length} contradicted`,
  );
  return wrong.length === 0 ? 0 : 1;
}

function readFeedAdvisories(): ReadonlyMap<string, Advisory> {
  const seen = new Map<string, string>();
  const known = new Map<string, Advisory>();
  for (const ecosystem of osvEcosystems(NODE_FILE_SYSTEM, feeds)) {
    const tally = new SourceTally(`osv/${ecosystem}`);
    for (const advisory of readOsvFeed(NODE_FILE_SYSTEM, join(feeds, 'osv', ecosystem), { tally, seen }))
      known.set(advisory.id, advisory);
  }
  return known;
}

function compare(ours: StarterAdvisory, feed: Advisory): string[] {
  const names = new Set([feed.id, ...feed.aliases, ...feed.upstream, ...feed.related]);
  const faults = ours.of.filter((flaw) => !names.has(flaw)).map((flaw) => `${ours.id}: the feed does not name ${flaw}`);
  for (const [ecosystem, name, text] of ours.affected) {
    const stated = boundsOf(readOwn(text));
    const theirs = boundsOf(feed.affected.filter((entry) => entry.ecosystem === ecosystem && entry.name === name));
    const scheme = schemeOfEcosystem(ecosystem);
    const versions = new Set(
      [...stated, ...theirs].flatMap(({ low, high }) => [low, high]).filter((version) => version !== undefined),
    );
    for (const version of versions) {
      const [own, other] = [isInside(scheme, stated, version), isInside(scheme, theirs, version)];
      if (own !== other)
        faults.push(
          `${ours.id} ${name}: we say ${version} is ${own ? 'affected' : 'fine'} (${text}), the feed says not so`,
        );
    }
  }
  return faults;
}

interface Bound {
  readonly low: string;
  readonly high: string | undefined;
  readonly inclusive: boolean;
}

function readOwn(text: string): readonly Pick<AffectedPackage, 'ranges' | 'versions'>[] {
  const { events, versions } = parseIntervals(text);
  return [{ versions, ranges: [{ type: 'ECOSYSTEM', events: events.map(ownEvent) }] }];
}

function ownEvent({ introduced, fixed, last_affected: lastAffected }: Record<string, string>): RangeEvent {
  if (introduced !== undefined) return { introduced };
  return fixed === undefined ? { lastAffected: lastAffected ?? '' } : { fixed };
}

function boundsOf(entries: readonly Pick<AffectedPackage, 'ranges' | 'versions'>[]): readonly Bound[] {
  return entries.flatMap(({ ranges, versions }) => [
    ...ranges.flatMap((range) => rangeBounds(range.events)),
    ...versions.map((version) => ({ low: version, high: version, inclusive: true })),
  ]);
}

function rangeBounds(events: readonly RangeEvent[]): Bound[] {
  const bounds: Bound[] = [];
  let low: string | undefined;
  for (const event of events) {
    if ('introduced' in event) {
      if (low !== undefined) bounds.push({ low, high: undefined, inclusive: false });
      low = event.introduced;
    } else if (low !== undefined && !('limit' in event)) {
      bounds.push(
        'fixed' in event
          ? { low, high: event.fixed, inclusive: false }
          : { low, high: event.lastAffected, inclusive: true },
      );
      low = undefined;
    }
  }
  if (low !== undefined) bounds.push({ low, high: undefined, inclusive: false });
  return bounds;
}

function isInside(scheme: VersionScheme, bounds: readonly Bound[], version: string): boolean {
  return bounds.some(({ low, high, inclusive }) => {
    const below = low !== '0' && scheme.compare(version, low) === -1;
    if (below || high === undefined) return !below;
    const order = scheme.compare(version, high);
    return order === -1 || (order === 0 && inclusive);
  });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(feeds, name), 'utf8'));
}

function checkExploited(): string[] {
  const feed = readJson('kev.json');
  const rows: readonly unknown[] =
    isRecord(feed) && Array.isArray(feed['vulnerabilities']) ? feed['vulnerabilities'] : [];
  const dates = new Map(rows.filter(isRecord).map((row) => [String(row['cveID']), String(row['dateAdded'])]));
  const newest = [...dates.values()].sort().at(-1) ?? '';
  return [...readFlaws()].flatMap(([cve, { exploited }]) => {
    const listed = dates.get(cve);
    if (listed === exploited || (listed === undefined && exploited !== undefined && exploited > newest)) return [];
    return [`${cve}: we say exploited ${exploited}, the feed ${listed}`];
  });
}

function checkEndOfLife(): string[] {
  const feed = readJson('endoflife.json');
  const products: Record<string, readonly { readonly cycle: string; readonly eol: string }[]> =
    readTable('end-of-life.json');
  return Object.entries(products).flatMap(([product, cycles]) => {
    const theirs: readonly unknown[] = isRecord(feed) && Array.isArray(feed[product]) ? feed[product] : [];
    const dates = new Map(theirs.filter(isRecord).map((row) => [String(row['releaseCycle']), row['eol']]));
    return cycles
      .filter(({ cycle, eol }) => dates.has(cycle) && dates.get(cycle) !== eol)
      .map(({ cycle, eol }) => `${product} ${cycle}: we say ${eol}, the feed ${String(dates.get(cycle))}`);
  });
}

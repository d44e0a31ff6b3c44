import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Tables of the starter set, written by hand: see db-bundles/README.md for their form. */
export const STARTER_TABLES = join(import.meta.dirname, '..', 'db-bundles', 'starter');

/** Day on which the tables were last gone through. */
export const CAPTURED = '2026-11-22';

/** Tables that list no advisories. */
const OTHER_TABLES = new Set(['flaws.json', 'end-of-life.json']);

/** A flaw, by CVE or other public id. */
export interface Flaw {
  readonly title: string;
  readonly cvss: string;
  /** Day on which it was listed as known to be exploited. */
  readonly exploited?: string;
}

export interface StarterAdvisory {
  readonly id: string;
  /** Table it stands in: `Debian`. */
  readonly family: string;
  /** Flaws it is about; its own id where empty. */
  readonly of: readonly string[];
  /** Ecosystem, package, intervals: `[from,to)`, `[from,to]`, `[from,)`, `=version`. */
  readonly affected: readonly (readonly [string, string, string])[];
}

export function readFlaws(): ReadonlyMap<string, Flaw> {
  const flaws: Record<string, Flaw> = readTable('flaws.json');
  return new Map(Object.entries(flaws));
}

export function readStarterAdvisories(): readonly StarterAdvisory[] {
  const names = readdirSync(STARTER_TABLES).filter((name) => name.endsWith('.json') && !OTHER_TABLES.has(name));
  return names.sort().flatMap((name) => {
    const table: Record<string, Omit<StarterAdvisory, 'id' | 'family'>> = readTable(name);
    return Object.entries(table).map(([id, row]) => ({ id, family: basename(name, '.json'), ...row }));
  });
}

export function readTable<Table>(name: string): Table {
  return JSON.parse(readFileSync(join(STARTER_TABLES, name), 'utf8'));
}

/** OSV events and listed versions of an interval text. Throws for a text of another form. */
export function parseIntervals(text: string): {
  readonly events: readonly Record<string, string>[];
  readonly versions: readonly string[];
} {
  const events: Record<string, string>[] = [];
  const versions: string[] = [];
  for (const part of text.split(' ')) {
    const interval = /^\[([^,\]]+),([^)\]]*)([)\]])$/.exec(part);
    if (part.startsWith('=')) versions.push(part.slice(1));
    else if (interval !== null) events.push(...eventsOf(interval[1] ?? '', interval[2] ?? '', interval[3] === ']'));
    else throw new Error(`no interval: ${part}`);
  }
  return { events, versions };
}

function eventsOf(from: string, to: string, inclusive: boolean): Record<string, string>[] {
  const introduced = { introduced: from };
  if (to === '') return [introduced];
  return [introduced, inclusive ? { last_affected: to } : { fixed: to }];
}

/** How an ecosystem's records name the flaws they are about (the OSV exports of each). */
export function relationOf(family: string): 'aliases' | 'upstream' | 'related' {
  if (family === 'AlmaLinux') return 'related';
  return ['Debian', 'Alpine', 'Wolfi'].includes(family) ? 'upstream' : 'aliases';
}

/** Ecosystems whose exports write SEMVER ranges. */
const SEMVER = new Set(['npm', 'Go', 'crates.io', 'Bitnami']);

/** The advisory as an OSV record. */
export function toOsv(advisory: StarterAdvisory, flaws: ReadonlyMap<string, Flaw>, modified: string) {
  const { id, family, affected } = advisory;
  const of = advisory.of.length === 0 ? [id] : advisory.of;
  const flaw = flaws.get(of[0] ?? id);
  if (flaw === undefined) throw new Error(`${id} is about an unlisted flaw`);
  return {
    schema_version: '1.6.0',
    id,
    modified,
    summary: flaw.title,
    [relationOf(family)]: advisory.of,
    severity: [{ type: 'CVSS_V3', score: flaw.cvss }],
    affected: affected.map(([ecosystem, name, text]) => {
      const { events, versions } = parseIntervals(text);
      const ranges = events.length === 0 ? [] : [{ type: SEMVER.has(family) ? 'SEMVER' : 'ECOSYSTEM', events }];
      return { package: { ecosystem, name }, ranges, versions };
    }),
  };
}

/** The tables as feeds that `db build` reads. */
export function writeStarterFeeds(feeds: string): void {
  const flaws = readFlaws();
  const sources: Record<string, string> = { kev: CAPTURED, endoflife: CAPTURED };
  for (const advisory of readStarterAdvisories()) {
    const base = join(feeds, 'osv', advisory.family);
    mkdirSync(base, { recursive: true });
    const record = toOsv(advisory, flaws, `${CAPTURED}T00:00:00Z`);
    writeFileSync(join(base, `${advisory.id.replaceAll(/[^\w.-]/g, '_')}.json`), JSON.stringify(record));
    sources[`osv/${advisory.family}`] = CAPTURED;
  }
  const exploited = [...flaws].flatMap(([cveID, { exploited: dateAdded }]) =>
    dateAdded === undefined ? [] : [{ cveID, dateAdded }],
  );
  writeFileSync(join(feeds, 'kev.json'), JSON.stringify({ vulnerabilities: exploited }));
  writeFileSync(join(feeds, 'endoflife.json'), readFileSync(join(STARTER_TABLES, 'end-of-life.json')));
  writeFileSync(join(feeds, 'sources.json'), JSON.stringify({ sources }));
}

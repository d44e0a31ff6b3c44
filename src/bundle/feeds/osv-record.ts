import { isRecord, optional } from '../../bytes/json.ts';
import type { Advisory, AffectedPackage, AffectedRange, RangeEvent } from '../../model/advisory.ts';
import { readImports } from '../vulnerable-imports.ts';

/** Why a record was left out of a bundle, or what of it was. */
type SkipReason = 'not JSON' | 'no id' | 'no affected package' | 'no comparable range' | 'duplicate id';

/** An advisory, or the reason there is none. */
export type OsvReading = { readonly advisory: Advisory } | { readonly skipped: SkipReason };

type Fields = { readonly [name: string]: unknown };

/**
 * Reads an OSV record (https://ossf.github.io/osv-schema/) into what matching uses: GIT ranges go, empty fields go, dates
 * lose their fractions. Records without anything that can be compared are skipped with the reason.
 */
export function readOsvRecord(bytes: Uint8Array, source: string): OsvReading {
  const record = parseObject(bytes);
  if (record === undefined) return { skipped: 'not JSON' };
  const id = text(record['id']);
  if (id === undefined || id === '') return { skipped: 'no id' };
  const stated = objects(record['affected']).flatMap((affected) => readAffected(affected, moduleOf(record)));
  if (stated.length === 0) return { skipped: 'no affected package' };
  const affected = stated.filter((entry) => entry.ranges.length > 0 || entry.versions.length > 0);
  if (affected.length === 0) return { skipped: 'no comparable range' };
  const severity = [record, ...objects(record['affected'])].flatMap((part) =>
    objects(part['severity']).flatMap(readSeverity),
  );
  return {
    advisory: {
      id,
      source,
      aliases: texts(record['aliases']),
      related: texts(record['related']),
      upstream: texts(record['upstream']),
      ...optional('published', date(record['published'])),
      modified: date(record['modified']) ?? '',
      ...optional('withdrawn', date(record['withdrawn'])),
      ...optional('summary', text(record['summary']) || undefined),
      ...optional('details', text(record['details']) || undefined),
      severity: uniqueBy(severity, (entry) => `${entry.type} ${entry.score}`),
      ...optional('severityWord', severityWord(record) || undefined),
      cwes: readCwes(record),
      references: uniqueBy(
        objects(record['references']).flatMap((reference) => text(reference['url']) ?? []),
        (url) => url,
      ),
      affected,
    },
  };
}

function parseObject(bytes: Uint8Array): Fields | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return isRecord(value) ? value : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function readAffected(affected: Fields, module: string | undefined): AffectedPackage[] {
  const named = isRecord(affected['package']) ? affected['package'] : {};
  const ecosystem = text(named['ecosystem']);
  const name = text(named['name']);
  if (ecosystem === undefined || name === undefined || ecosystem === '' || name === '') return [];
  const qualifiers = readQualifiers(affected, module);
  const entry = {
    ecosystem,
    name,
    versions: texts(affected['versions']),
    ranges: objects(affected['ranges']).flatMap(readRange),
    ...optional('imports', readImports(specificOf(affected)['imports'])),
  };
  return [qualifiers === undefined ? entry : { ...entry, qualifiers }];
}

function readRange(range: Fields): AffectedRange[] {
  const type = range['type'];
  if (type !== 'SEMVER' && type !== 'ECOSYSTEM') return [];
  const events = objects(range['events']).flatMap(readEvents);
  return events.length === 0 ? [] : [{ type, events }];
}

/** Usually one event per object; records that write two into one are read as both. */
function readEvents(event: Fields): RangeEvent[] {
  const events: RangeEvent[] = [];
  const introduced = text(event['introduced']);
  const fixed = text(event['fixed']);
  const lastAffected = text(event['last_affected']);
  const limit = text(event['limit']);
  if (introduced !== undefined) events.push({ introduced });
  if (fixed !== undefined) events.push({ fixed });
  if (lastAffected !== undefined) events.push({ lastAffected });
  if (limit !== undefined) events.push({ limit });
  return events;
}

/** The module stream that AlmaLinux and Rocky Linux name in the summary alone: `Moderate: nodejs:18 security update`. */
function moduleOf(record: Fields): string | undefined {
  return /^(?:\w+: )?([\w+-]{1,64}:[\w+.-]{1,64}) /.exec(text(record['summary']) ?? '')?.[1];
}

/** A build of a module says so in its release. */
const MODULAR_FIX = /\.module[_+]/;

/**
 * Qualifiers as Debian, Ubuntu, Red Hat and Go exports state them in `ecosystem_specific`, RustSec's kind of notice in
 * `database_specific`, and the module stream of rows whose fix is built from a module.
 */
function readQualifiers(affected: Fields, module: string | undefined): Readonly<Record<string, string>> | undefined {
  const specific = specificOf(affected);
  const word = text(specific['urgency']) ?? text(specific['severity']);
  const database = isRecord(affected['database_specific']) ? affected['database_specific'] : {};
  const modular = MODULAR_FIX.test(JSON.stringify(affected['ranges'] ?? ''));
  const found = {
    ...optional('arch', text(specific['arch']) || undefined),
    ...optional('informational', text(database['informational']) || undefined),
    ...optional('module', (text(specific['module']) ?? (modular ? module : undefined)) || undefined),
    ...optional('status', text(specific['status']) || undefined),
    ...optional('severity', word || undefined),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

function specificOf(affected: Fields): Fields {
  return isRecord(affected['ecosystem_specific']) ? affected['ecosystem_specific'] : {};
}

const SEVERITY_TYPES = ['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'Ubuntu'] as const;

function readSeverity(entry: Fields): Advisory['severity'][number][] {
  const type = SEVERITY_TYPES.find((known) => known === entry['type']);
  const score = text(entry['score']);
  return type === undefined || score === undefined ? [] : [{ type, score }];
}

/** The database's own word, else the word AlmaLinux and Red Hat put before the summary. */
function severityWord(record: Fields): string | undefined {
  const specific = isRecord(record['database_specific']) ? record['database_specific'] : {};
  const stated = text(specific['severity']) ?? scoreWord(specific['cvss_v3_score']);
  if (stated !== undefined) return stated;
  return /^(Critical|Important|Moderate|Low): /.exec(text(record['summary']) ?? '')?.[1];
}

/** The qualitative scale of CVSS v3.1, section 5. */
function scoreWord(score: unknown): string | undefined {
  if (typeof score !== 'number' || score <= 0 || score > 10) return undefined;
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}

function readCwes(record: Fields): readonly string[] {
  const specific = isRecord(record['database_specific']) ? record['database_specific'] : {};
  return texts(specific['cwe_ids']).filter((cwe) => /^CWE-\d{1,5}$/.test(cwe));
}

function date(value: unknown): string | undefined {
  const written = text(value);
  if (written === undefined) return undefined;
  const milliseconds = Date.parse(written);
  return Number.isNaN(milliseconds) ? undefined : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return uniqueBy(
    value.flatMap((item) => text(item) ?? []),
    (item) => item,
  );
}

function objects(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function uniqueBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  if (items.length < 2) return items;
  const seen = new Map(items.map((item) => [keyOf(item), item]));
  return seen.size === items.length ? items : [...seen.values()];
}

import type { FindingStatus, MatchReason, Suppression, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { BundleReader } from './bundle-reader.ts';
import { describeRow } from './describe-row.ts';
import type { Flaw, KnownHit } from './flaws.ts';
import { statedStatus } from './row-qualifiers.ts';
import { severityOf } from './severity.ts';

export interface FindingContext {
  readonly reader: BundleReader;
  readonly inBase: ((layer: number) => boolean) | undefined;
  /** Why the finding does not count, where it does not. */
  readonly suppressed: Suppression | undefined;
}

/** A flaw of a package as the report states it. */
export function toFinding(pkg: Package, flaw: Flaw, { reader, inBase, suppressed }: FindingContext): Vulnerability {
  const [leading, ...others] = flaw.hits.toSorted(byLead);
  if (leading === undefined) throw new Error('a flaw without a record');
  const ordered = [leading, ...others];
  const verdict = severityOf({ ...flaw, hits: ordered });
  const fixedIn = fixedVersions(ordered);
  const layer = pkg.locations[0].layer;
  const record = leading.record;
  return {
    id: flaw.id,
    aliases: flaw.aliases,
    advisories: ordered.map(({ hit }) => ({ id: hit.advisory, source: hit.source })),
    packageId: pkg.id,
    severity: verdict.severity,
    ...(verdict.source === undefined ? {} : { severitySource: verdict.source }),
    ...(verdict.scores.length === 0 ? {} : { cvss: verdict.scores }),
    ...exploitation(flaw, reader),
    status: statusOf(ordered, fixedIn),
    fixedIn,
    layer,
    state: pkg.state,
    ...(inBase === undefined ? {} : { inBase: inBase(layer) }),
    reasons: reasonsOf(leading, others),
    source: leading.hit.source,
    ...(record?.summary === undefined ? {} : { title: record.summary }),
    ...(record?.published === undefined ? {} : { published: record.published }),
    ...(record === undefined ? {} : { modified: record.modified }),
    ...listed(
      'references',
      union(ordered, (known) => known.record?.references),
    ),
    ...listed(
      'cwes',
      union(ordered, (known) => known.record?.cwes),
    ),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

/** Decided before undecided, then by id. */
function byLead(a: KnownHit, b: KnownHit): number {
  const undecided = Number(a.hit.verdict === 'undecided') - Number(b.hit.verdict === 'undecided');
  if (undecided !== 0) return undecided;
  return a.hit.advisory < b.hit.advisory ? -1 : a.hit.advisory > b.hit.advisory ? 1 : 0;
}

function exploitation({ id, aliases }: Flaw, reader: BundleReader): Pick<Vulnerability, 'kev' | 'epss'> {
  const cves = [id, ...aliases].filter((name) => name.startsWith('CVE-'));
  const kev = cves.map((cve) => reader.kev(cve)).find((entry) => entry !== undefined);
  const epss = cves.map((cve) => reader.epss(cve)).find((score) => score !== undefined);
  const date = reader.bundle.info.sources.find((source) => source.id === 'epss')?.capturedAt;
  return {
    ...(kev === undefined ? {} : { kev: { dateAdded: kev.added, ...(kev.ransomware ? { ransomware: true } : {}) } }),
    ...(epss === undefined || date === undefined ? {} : { epss: { ...epss, date } }),
  };
}

function fixedVersions(hits: readonly KnownHit[]): readonly string[] {
  const scheme = hits[0]?.hit.segment.scheme;
  const versions = new Set(hits.flatMap(({ hit }) => hit.fixed));
  return [...versions].sort((a, b) => scheme?.compare(a, b) || (a < b ? -1 : 1));
}

function statusOf(hits: readonly KnownHit[], fixedIn: readonly string[]): FindingStatus {
  if (hits.every(({ hit }) => hit.verdict === 'undecided')) return 'undecided';
  if (fixedIn.length > 0) return 'fixed';
  return hits.map(({ hit }) => statedStatus(hit.entries)).find((status) => status !== undefined) ?? 'affected';
}

/** Some advisories name hundreds of functions; a few show what is meant. */
const MOST_LINKED = 10;

function reasonsOf(leading: KnownHit, others: readonly KnownHit[]): readonly [MatchReason, ...MatchReason[]] {
  const [first, ...rest] = [leading, ...others].map(({ hit, linked = [] }): MatchReason => {
    const { candidate, segment, advisory, verdict } = hit;
    const range = hit.entries.map(describeRow).join(' or ');
    return {
      searched: candidate.searched,
      name: candidate.name,
      segment: candidate.segment,
      scheme: segment.scheme.id,
      version: candidate.version,
      range: verdict === 'undecided' ? `not comparable with ${range}` : range,
      advisory,
      ...(candidate.derivedFrom === undefined ? {} : { derivedFrom: candidate.derivedFrom }),
      ...(linked.length === 0 ? {} : { linked: linked.slice(0, MOST_LINKED) }),
    };
  });
  if (first === undefined) throw new Error('a flaw without a record');
  return [first, ...rest];
}

function union(hits: readonly KnownHit[], of: (known: KnownHit) => readonly string[] | undefined): readonly string[] {
  return [...new Set(hits.flatMap((known) => of(known) ?? []))];
}

function listed<Name extends 'references' | 'cwes'>(
  name: Name,
  items: readonly string[],
): { readonly [Key in Name]?: readonly string[] } {
  const field: { [Key in Name]?: readonly string[] } = {};
  if (items.length > 0) field[name] = items;
  return field;
}

import { lines, type Stanza, stanzas } from '../../bytes/lines.ts';
import { RelationNames } from '../../detect/relation-names.ts';

/** One installed package of a dpkg or opkg status file. */
export interface StatusRecord {
  readonly name: string;
  readonly version: string;
  readonly architecture: string | undefined;
  /** The third word of `Status`, absent in files of `status.d`, where everything is installed. */
  readonly state: string | undefined;
  readonly sourceName: string;
  /** Equal to `version` where the field names no other. */
  readonly sourceVersion: string;
  readonly maintainer: string | undefined;
  readonly license: string | undefined;
  readonly dependsOn: readonly string[];
  readonly provides: readonly string[];
  readonly conffiles: readonly { readonly path: string; readonly md5: string }[];
}

/** A stanza: a package that is on disk, one that was removed, or one that names no package or version. */
export type StatusEntry = StatusRecord | 'removed' | { readonly damagedLine: number };

/** States in which the files of a package are on disk (dpkg(1), "Package states"). */
const UNPACKED = new Set(['installed', 'triggers-pending', 'triggers-awaited', 'half-configured', 'unpacked']);

/** Reads `/var/lib/dpkg/status` and its relatives, stanza by stanza; see deb-control(5) and dpkg(1). Throws ProblemError where a package needs too many others. */
export function* parseStatus(text: string): Generator<StatusEntry> {
  for (const stanza of stanzas(text)) {
    const status = stanza.get('status')?.split(/\s+/);
    if (status !== undefined && !isOnDisk(status)) yield 'removed';
    else yield toRecord(stanza, status?.[2]) ?? { damagedLine: stanza.line };
  }
}

/**
 * `Status` holds wish, flags and state: `install ok installed`, in opkg also `install user installed`. A wish to remove it
 * (`deinstall ok installed`) leaves a package where it is.
 */
function isOnDisk(status: readonly string[]): boolean {
  return UNPACKED.has(status[2] ?? '');
}

function toRecord(stanza: Stanza, state: string | undefined): StatusRecord | undefined {
  const name = stanza.get('package');
  const version = stanza.get('version');
  if (name === undefined || name === '' || version === undefined || version === '') return undefined;
  const source = parseSource(stanza.get('source') ?? stanza.get('sourcename'));
  return {
    name,
    version,
    architecture: stanza.get('architecture'),
    state,
    sourceName: source?.name ?? name,
    sourceVersion: source?.version ?? version,
    maintainer: stanza.get('maintainer'),
    license: stanza.get('license'),
    dependsOn: [...relationNames(stanza.get('pre-depends')), ...relationNames(stanza.get('depends'))],
    provides: relationNames(stanza.get('provides')),
    conffiles: parseConffiles(stanza.get('conffiles')),
  };
}

/** `name` or `name (version)`; OpenWrt writes a path of its build tree instead, which names no source package. */
function parseSource(field: string | undefined): { name: string; version: string | undefined } | undefined {
  if (field === undefined || field === '' || field.includes('/')) return undefined;
  const open = field.indexOf('(');
  if (open < 0) return { name: field, version: undefined };
  const name = field.slice(0, open).trim();
  const version = field
    .slice(open + 1)
    .replace(/\).*$/s, '')
    .trim();
  return name === '' ? undefined : { name, version: version === '' ? undefined : version };
}

/** The names of a relation field, alternatives included; versions, architectures and profiles dropped. */
function relationNames(field: string | undefined): string[] {
  const names = new RelationNames();
  for (const [clause] of (field ?? '').matchAll(/[^,|]+/g)) {
    const name = /^[^\s:([<]+/.exec(clause.trim())?.[0];
    if (name !== undefined) names.add(name);
  }
  return names.list();
}

/** Lines of `path md5 [obsolete|remove-on-upgrade]`; `newconffile` stands for a file not yet installed. */
function parseConffiles(field: string | undefined): { path: string; md5: string }[] {
  if (field === undefined) return [];
  const found: { path: string; md5: string }[] = [];
  for (const line of lines(field)) {
    const match = /^(\/.*) ([0-9a-f]{32})(?: |$)/.exec(line.trim());
    if (match?.[1] !== undefined && match[2] !== undefined) found.push({ path: match[1], md5: match[2] });
  }
  return found;
}

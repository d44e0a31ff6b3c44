import { SCHEMES } from './registry.generated.ts';
import type { VersionScheme } from './scheme.ts';

/** What the OSV schema says about one ecosystem: how its versions are ordered and its names written. */
interface Ecosystem {
  readonly scheme: string;
  readonly name?: (name: string) => string;
}

/** Keys as in the OSV schema's list of ecosystems (https://ossf.github.io/osv-schema/#defined-ecosystems), before any `:`. */
const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map<string, Ecosystem>([
  ['AlmaLinux', { scheme: 'rpm' }],
  ['Alpaquita', { scheme: 'apk' }],
  ['Alpine', { scheme: 'apk' }],
  ['Arch Linux', { scheme: 'pacman' }],
  ['Azure Linux', { scheme: 'rpm' }],
  ['BellSoft Hardened Containers', { scheme: 'apk' }],
  ['Bioconductor', { scheme: 'cran' }],
  ['Bitnami', { scheme: 'bitnami' }],
  ['CRAN', { scheme: 'cran' }],
  ['Chainguard', { scheme: 'apk' }],
  ['Debian', { scheme: 'dpkg' }],
  ['Echo', { scheme: 'dpkg' }],
  ['Go', { scheme: 'go' }],
  ['Hackage', { scheme: 'hackage' }],
  ['Hex', { scheme: 'semver' }],
  ['Mageia', { scheme: 'rpm' }],
  ['Maven', { scheme: 'maven' }],
  ['MinimOS', { scheme: 'apk' }],
  ['NuGet', { scheme: 'nuget', name: lower }],
  ['Packagist', { scheme: 'composer', name: lower }],
  ['Photon OS', { scheme: 'rpm' }],
  ['Pub', { scheme: 'pub' }],
  ['PyPI', { scheme: 'pep440', name: pep503 }],
  ['Red Hat', { scheme: 'rpm' }],
  ['Rocky Linux', { scheme: 'rpm' }],
  ['RubyGems', { scheme: 'gem' }],
  ['SUSE', { scheme: 'rpm' }],
  ['SwiftURL', { scheme: 'semver' }],
  ['Ubuntu', { scheme: 'dpkg' }],
  ['Wolfi', { scheme: 'apk' }],
  ['crates.io', { scheme: 'semver' }],
  ['npm', { scheme: 'semver' }],
  ['openEuler', { scheme: 'rpm' }],
  ['openSUSE', { scheme: 'rpm' }],
]);

const BY_ID: ReadonlyMap<string, VersionScheme> = new Map(SCHEMES.map((scheme) => [scheme.id, scheme]));

/** The scheme with this id. Throws for an id that no file of this folder has: a defect, or a bundle of a newer program. */
export function schemeById(id: string): VersionScheme {
  const scheme = BY_ID.get(id);
  if (scheme === undefined) throw new Error(`no version scheme ${id}`);
  return scheme;
}

/** Whether a scheme of this id exists. */
export function isSchemeId(id: string): boolean {
  return BY_ID.has(id);
}

/** How versions of an OSV ecosystem (`Debian:12`, `npm`) are ordered; `generic` for one this program does not know. */
export function schemeOfEcosystem(ecosystem: string): VersionScheme {
  return schemeById(ECOSYSTEMS.get(family(ecosystem))?.scheme ?? 'generic');
}

/** The name under which a package of an OSV ecosystem is filed: exact, but for ecosystems that ignore case or separators. */
export function lookupName(ecosystem: string, name: string): string {
  return ECOSYSTEMS.get(family(ecosystem))?.name?.(name) ?? name;
}

/** `Debian` of `Debian:12`. */
export function family(ecosystem: string): string {
  const colon = ecosystem.indexOf(':');
  return colon === -1 ? ecosystem : ecosystem.slice(0, colon);
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** PEP 503: runs of `-`, `_` and `.` are one `-`, letters are lower case. */
function pep503(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

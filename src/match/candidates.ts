import type { MatchReason } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { DistroStream } from './distro-stream.ts';

/** One question to the bundle: is this version of this name affected, by the records of this segment? */
export interface Candidate {
  readonly segment: string;
  readonly name: string;
  readonly version: string;
  readonly searched: MatchReason['searched'];
  readonly derivedFrom?: string;
  /** What later candidates of the package say about an advisory of this segment and name does not count. */
  readonly decides?: true;
}

interface LanguageRule {
  readonly segment: string;
  readonly name: (pkg: Package) => string;
}

const slash = ({ namespace, name }: Package) => (namespace === undefined ? name : `${namespace}/${name}`);
const colon = ({ namespace, name }: Package) => (namespace === undefined ? name : `${namespace}:${name}`);
const plain = ({ name }: Package) => name;

/** Purl types whose advisories do not depend on the distribution, and the name they are filed under. */
const LANGUAGES: ReadonlyMap<string, LanguageRule> = new Map<string, LanguageRule>([
  ['bitnami', { segment: 'Bitnami', name: plain }],
  ['cargo', { segment: 'crates.io', name: plain }],
  ['composer', { segment: 'Packagist', name: slash }],
  ['cran', { segment: 'CRAN', name: plain }],
  ['gem', { segment: 'RubyGems', name: plain }],
  ['generic', { segment: 'Bitnami', name: plain }],
  ['golang', { segment: 'Go', name: slash }],
  ['hackage', { segment: 'Hackage', name: plain }],
  ['hex', { segment: 'Hex', name: plain }],
  ['maven', { segment: 'Maven', name: colon }],
  ['npm', { segment: 'npm', name: slash }],
  ['nuget', { segment: 'NuGet', name: plain }],
  ['pub', { segment: 'Pub', name: plain }],
  ['pypi', { segment: 'PyPI', name: plain }],
  ['swift', { segment: 'SwiftURL', name: slash }],
]);

/** The segment of the OSV ecosystem a purl type belongs to, or undefined for packages of distributions and others. */
export function languageSegment(type: string): string | undefined {
  return LANGUAGES.get(type)?.segment;
}

/** What to look up for a package; empty where nothing in any bundle could speak about it. */
export function candidatesOf(pkg: Package, stream: DistroStream | undefined): readonly Candidate[] {
  const language = LANGUAGES.get(pkg.type);
  if (language !== undefined) {
    const searched = searchedFor(pkg);
    return [{ segment: language.segment, name: language.name(pkg), version: languageVersion(pkg), searched }];
  }
  if (stream === undefined || !stream.rule.types.includes(pkg.type) || isBundled(pkg)) return [];
  const subject = stream.rule.filedBy === 'source' ? sourceOf(pkg) : { name: pkg.name, version: pkg.version };
  const searched = subject.name === pkg.name ? 'name' : pkg.type === 'apk' ? 'origin' : 'source';
  const { derivedFrom } = stream.rule;
  return stream.segments.map((segment) => ({
    segment,
    ...subject,
    searched,
    ...(derivedFrom === undefined ? {} : { derivedFrom }),
    ...(stream.rule.layered === true ? { decides: true } : {}),
  }));
}

/** True for a library that was copied from the system something was built on: advisories of this system do not speak about it. */
export function isBundled({ properties }: Package): boolean {
  return properties?.['bundled'] === 'true';
}

function searchedFor(pkg: Package): MatchReason['searched'] {
  if (pkg.type === 'generic') return 'classifier';
  return pkg.type === 'golang' && pkg.namespace === undefined && pkg.name === 'stdlib' ? 'stdlib' : 'name';
}

function languageVersion({ type, version }: Package): string {
  if (type === 'gem') return version.replace(GEM_PLATFORM, '');
  return type === 'generic' ? upstreamVersion(version) : version;
}

/** Gems built for one platform carry it in their version: `1.15.4-x86_64-linux`. */
const GEM_PLATFORM = /-(?:java|jruby|mswin\d*|x86|x64|x86_64|aarch64|arm64|arm|universal)\b.*$/;

/** Programs state versions their own way, the advisories as semantic versions: `3.12.0rc1`, `1.9.3p551`. */
function upstreamVersion(version: string): string {
  const match = /^(\d+(?:\.\d+){1,2})(?:(a|b|rc|alpha|beta|preview)(\d+))?(?:p\d+)?$/.exec(version);
  if (match === null) return version;
  return match[2] === undefined ? (match[1] ?? version) : `${match[1]}-${match[2]}.${match[3]}`;
}

/** Signed kernels are built from `linux`; the signing source counts its own revisions after a plus. */
function sourceOf(pkg: Package): { readonly name: string; readonly version: string } {
  const source = pkg.source ?? { name: pkg.name, version: pkg.version };
  if (pkg.type !== 'deb' || !/^linux-signed(?:-|$)/.test(source.name)) return source;
  return { name: 'linux', version: source.version.replace(/^([^+]*)\+(\d+)$/, '$1-$2') };
}

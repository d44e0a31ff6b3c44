import type { Distro } from '../model/distro.ts';

/** How a distribution files its advisories. */
export interface DistroRule {
  /** Purl types of its packages. */
  readonly types: readonly string[];
  /** `source`: by source package or origin and its version; `name`: by the installed package. */
  readonly filedBy: 'source' | 'name';
  /** Segments to try in order; the first the bundle has is used. A trailing `*` takes every segment that starts so. */
  readonly segments: (distro: Distro) => readonly string[];
  /** All of the segments speak, and of one advisory the first that has it. */
  readonly layered?: true;
  /** Name of the product on endoflife.date. */
  readonly product?: string;
  /** The distribution whose segments these are, where this one has none of its own and derives from it. */
  readonly derivedFrom?: string;
}

const DEB = ['deb'];
const RPM = ['rpm'];
const APK = ['apk'];

/**
 * By `ID` of os-release. Segment keys as OSV.dev writes them (https://ossf.github.io/osv-schema/#defined-ecosystems).
 * Rows of one vendor are never applied to another's release, except by derivatives without advisories of their own.
 */
export const DISTRO_RULES: ReadonlyMap<string, DistroRule> = new Map<string, DistroRule>([
  ['debian', { types: DEB, filedBy: 'source', segments: debian, product: 'debian' }],
  ['raspbian', { types: DEB, filedBy: 'source', segments: debian, product: 'debian', derivedFrom: 'Debian' }],
  ['ubuntu', { types: DEB, filedBy: 'source', segments: ubuntu, layered: true, product: 'ubuntu' }],
  ['echo', { types: DEB, filedBy: 'source', segments: () => ['Echo'] }],
  ['alpine', { types: APK, filedBy: 'source', segments: alpine, product: 'alpine' }],
  ['postmarketos', { types: APK, filedBy: 'source', segments: postmarket, derivedFrom: 'Alpine' }],
  ['wolfi', { types: APK, filedBy: 'source', segments: () => ['Wolfi'] }],
  ['chainguard', { types: APK, filedBy: 'source', segments: () => ['Chainguard'] }],
  ['minimos', { types: APK, filedBy: 'source', segments: () => ['MinimOS'] }],
  ['alpaquita', { types: APK, filedBy: 'source', segments: alpaquita }],
  ['almalinux', { types: RPM, filedBy: 'name', segments: major('AlmaLinux:'), product: 'almalinux' }],
  ['rocky', { types: RPM, filedBy: 'name', segments: major('Rocky Linux:'), product: 'rocky-linux' }],
  ['rhel', { types: RPM, filedBy: 'name', segments: redHat, product: 'rhel' }],
  ['centos', { types: RPM, filedBy: 'name', segments: centos, product: 'centos', derivedFrom: 'Red Hat' }],
  ['scientific', { types: RPM, filedBy: 'name', segments: redHat, derivedFrom: 'Red Hat' }],
  ['ol', { types: RPM, filedBy: 'name', segments: major('Oracle Linux:'), product: 'oracle-linux' }],
  ['amzn', { types: RPM, filedBy: 'name', segments: exact('Amazon Linux:'), product: 'amazon-linux' }],
  ['fedora', { types: RPM, filedBy: 'name', segments: exact('Fedora:'), product: 'fedora' }],
  ['mageia', { types: RPM, filedBy: 'name', segments: exact('Mageia:') }],
  ['openeuler', { types: RPM, filedBy: 'name', segments: exact('openEuler:') }],
  ['opensuse-leap', { types: RPM, filedBy: 'name', segments: exact('openSUSE:Leap '), product: 'opensuse' }],
  ['opensuse-tumbleweed', { types: RPM, filedBy: 'name', segments: () => ['openSUSE:Tumbleweed'] }],
  ['sles', { types: RPM, filedBy: 'name', segments: suse, product: 'sles' }],
  ['photon', { types: RPM, filedBy: 'source', segments: exact('Photon OS:') }],
  ['azurelinux', { types: RPM, filedBy: 'source', segments: azure }],
  ['mariner', { types: RPM, filedBy: 'source', segments: azure }],
  ['arch', { types: ['alpm'], filedBy: 'name', segments: () => ['Arch Linux'] }],
]);

/** Release numbers of Debian by codename, for images whose os-release has no number yet. */
const DEBIAN_CODENAMES: ReadonlyMap<string, string> = new Map([
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
]);

/** Releases of postmarketOS and the Alpine branch they are built from (https://wiki.postmarketos.org/wiki/Releases). */
const POSTMARKET_BRANCHES: ReadonlyMap<string, string> = new Map([
  ['21.03', 'v3.13'],
  ['21.06', 'v3.14'],
  ['21.12', 'v3.15'],
  ['22.06', 'v3.16'],
  ['22.12', 'v3.17'],
  ['23.06', 'v3.18'],
  ['23.12', 'v3.19'],
  ['24.06', 'v3.20'],
  ['24.12', 'v3.21'],
  ['25.06', 'v3.22'],
]);

/** Debian's numbers before 5 had a point release in their name (`3.1`, `4.0`). */
function debian({ versionId, codename }: Distro): readonly string[] {
  const release = versionId ?? DEBIAN_CODENAMES.get(codename ?? '');
  return release === undefined ? [] : [`Debian:${release}`, `Debian:${release.split('.', 1)[0] ?? release}`];
}

/** Updates of Ubuntu Pro overlay those of the release; only images that have it enabled get them. */
function ubuntu({ versionId, properties }: Distro): readonly string[] {
  if (versionId === undefined) return [];
  const plain = [`Ubuntu:${versionId}:LTS`, `Ubuntu:${versionId}`];
  return properties?.['esm'] === undefined ? plain : [`Ubuntu:Pro:${versionId}:LTS`, ...plain];
}

function alpine({ versionId, properties }: Distro): readonly string[] {
  const repository = properties?.['repository'];
  if (repository !== undefined) return [`Alpine:${repository}`];
  if (versionId === undefined || versionId.includes('_alpha')) return ['Alpine:edge'];
  return [`Alpine:v${versionId.split('.').slice(0, 2).join('.')}`];
}

function postmarket({ versionId }: Distro): readonly string[] {
  const branch = POSTMARKET_BRANCHES.get((versionId ?? '').replace(/^v/, ''));
  return [`Alpine:${branch ?? 'edge'}`];
}

function alpaquita({ versionId }: Distro): readonly string[] {
  return [`Alpaquita:${versionId ?? 'stream'}`];
}

/** CentOS Stream is no rebuild of a release of Red Hat's, so their versions are not comparable. */
function centos(distro: Distro): readonly string[] {
  return /stream/i.test(distro.prettyName) ? [] : redHat(distro);
}

function redHat({ versionId }: Distro): readonly string[] {
  return versionId === undefined
    ? []
    : [`Red Hat:enterprise_linux:${majorOf(versionId)}::*`, `Red Hat:${majorOf(versionId)}`];
}

function suse({ versionId }: Distro): readonly string[] {
  const [release = '', pack] = (versionId ?? '').split('.');
  return [`SUSE:Linux Enterprise Server ${release}${pack === undefined || pack === '0' ? '' : ` SP${pack}`}`];
}

function azure({ versionId }: Distro): readonly string[] {
  return versionId === undefined ? [] : [`Azure Linux:${majorOf(versionId)}`];
}

function major(prefix: string): (distro: Distro) => readonly string[] {
  return ({ versionId }) => (versionId === undefined ? [] : [`${prefix}${majorOf(versionId)}`]);
}

function exact(prefix: string): (distro: Distro) => readonly string[] {
  return ({ versionId }) => (versionId === undefined ? [] : [`${prefix}${versionId}`]);
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version;
}

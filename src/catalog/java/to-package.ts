import { authorText } from '../../detect/author.ts';
import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { type FileName, parseFileName } from './file-name.ts';
import { knownGroup } from './known-artifacts.ts';
import type { PomCoordinates } from './parse-pom.ts';
import type { JavaArchive } from './read-archive.ts';

/** Archives of sources and documentation hold no program. */
const TEXTS = /-(?:sources|javadoc)\.jar$/;

/** The packages of one archive: itself first, then what was shaded into it. */
export function toPackages(archive: JavaArchive, path: string): PackageDraft[] {
  if (TEXTS.test(path)) return [];
  const file = parseFileName(path);
  const self = chooseSelf(archive, file);
  const own = self === undefined ? fromManifest(archive, file) : undefined;
  const packages = own === undefined ? [] : [own];
  const ordered = self === undefined ? archive.poms : [self, ...archive.poms.filter((pom) => pom !== self)];
  for (const pom of ordered) {
    const found = fromPom(pom, pom === self ? selfVersion(pom, archive, file) : pom.version, pom !== self, archive);
    if (found !== undefined) packages.push(found);
  }
  return packages;
}

/**
 * Which of the embedded coordinates are the archive's own: those the file name agrees with, then those the manifest
 * names. A single one is taken at its word unless the file is plainly named after something else.
 */
function chooseSelf(archive: JavaArchive, file: FileName): PomCoordinates | undefined {
  const { poms, manifest } = archive;
  const exact = poms.find((pom) => `${file.stem}-`.startsWith(`${pom.artifactId}-${pom.version}-`));
  const named = exact ?? poms.find((pom) => pom.artifactId === file.artifact);
  if (named !== undefined) return named;
  const titles = [manifest.get('implementation-title'), manifest.get('bundle-symbolicname')?.split(';')[0]];
  const version = manifest.get('implementation-version') ?? manifest.get('bundle-version');
  const titled = poms.filter(({ artifactId, groupId }) =>
    titles.some((title) => title !== undefined && (title === artifactId || title === `${groupId}.${artifactId}`)),
  );
  const chosen = titled.find((pom) => pom.version === version) ?? titled[0];
  if (chosen !== undefined) return chosen;
  const [only] = poms;
  return poms.length === 1 && only !== undefined && !namesOther(archive, file, only) ? only : undefined;
}

/** True where file name and manifest agree on a version that the only embedded coordinates do not have. */
function namesOther(archive: JavaArchive, file: FileName, pom: PomCoordinates): boolean {
  const version = archive.manifest.get('implementation-version') ?? file.version;
  return file.version !== undefined && version === file.version && pom.version !== file.version;
}

/** Drivers built for several Java versions are told apart by the file name alone: `8.4.1` in `mssql-jdbc-8.4.1.jre8.jar`. */
function selfVersion({ version }: PomCoordinates, archive: JavaArchive, file: FileName): string | undefined {
  if (version === undefined) return archive.manifest.get('implementation-version') ?? file.version;
  const suffix = file.version?.startsWith(version) ? file.version.slice(version.length) : '';
  return /^\.jre\d+$/.test(suffix) ? file.version : version;
}

function fromPom(
  pom: PomCoordinates,
  version: string | undefined,
  shaded: boolean,
  archive: JavaArchive,
): PackageDraft | undefined {
  if (pom.artifactId === undefined || version === undefined) return undefined;
  const declared = pom.licenses.length > 0 || shaded ? pom.licenses : bundleLicense(archive.manifest);
  const licenses = normalizeLicenses(declared);
  const relocated = shaded && pom.groupId !== undefined && isRelocated(pom.groupId, archive.directories);
  return {
    type: 'maven',
    ...(pom.groupId && { namespace: pom.groupId }),
    name: pom.artifactId,
    version,
    ...(licenses.length > 0 && { licenses }),
    ...propertiesOf(pom, shaded ? undefined : archive.manifest, {
      ...(shaded && { shaded: 'true', ...(relocated && { relocated: 'true' }) }),
    }),
  };
}

/** The given ones and who made the package, as its project or the manifest of its own archive says. */
function propertiesOf(
  pom: Pick<PomCoordinates, 'organization' | 'developer'>,
  manifest: ReadonlyMap<string, string> | undefined,
  others: Readonly<Record<string, string>>,
): Pick<PackageDraft, 'properties'> {
  const vendor =
    pom.organization ??
    authorText(manifest?.get('implementation-vendor')) ??
    authorText(manifest?.get('bundle-vendor'));
  const properties = {
    ...others,
    ...(vendor !== undefined && { vendor }),
    ...(vendor === undefined && pom.developer !== undefined && { author: pom.developer }),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

/** Shading may move classes to another package (https://maven.apache.org/plugins/maven-shade-plugin/examples/class-relocation.html). */
function isRelocated(group: string, directories: ReadonlySet<string>): boolean {
  const [first = '', second = ''] = group.split('.');
  if (second === '') return false;
  const home = `${first}/${second}/`;
  const moved = [...directories].some((directory) => directory.endsWith(`/${home}`));
  return moved && !directories.has(home);
}

/** Tomcat ships `catalina.jar` for what Maven knows as `tomcat-catalina`. */
const TOMCAT = /^org\.apache\.tomcat-([\w-]+)$/;

/** An archive without coordinates of its own, named by its manifest and file name. */
function fromManifest(archive: JavaArchive, file: FileName): PackageDraft | undefined {
  const { manifest } = archive;
  const server = TOMCAT.exec(manifest.get('bundle-symbolicname') ?? '')?.[1];
  const name = server === undefined ? file.artifact : `tomcat-${server}`;
  const version = versionOf(manifest, file);
  if (name === '' || version === undefined) return undefined;
  const holds = (directory: string): boolean => directory === '' || archive.directories.has(directory);
  const group = manifest.get('group-id') ?? knownGroup(name, holds) ?? groupOf(manifest, name);
  const licenses = normalizeLicenses(bundleLicense(manifest));
  return {
    type: 'maven',
    ...(group && { namespace: group }),
    name,
    version,
    ...(licenses.length > 0 && { licenses }),
    ...propertiesOf({}, manifest, { identified: group === undefined ? 'file name' : 'manifest' }),
  };
}

const VERSION_KEYS = ['plugin-version', 'implementation-version', 'bundle-version', 'specification-version'];

/** A stated version is believed where the file name has none or it begins with what the file name says. */
function versionOf(manifest: ReadonlyMap<string, string>, file: FileName): string | undefined {
  if (file.version !== undefined) return file.version;
  const stated = VERSION_KEYS.map((key) => manifest.get(key)).find((value) => value && /^v?\d/.test(value));
  // Kotlin adds the number of the build: `1.4.10-release-411`.
  return stated?.split(/[\s(]/)[0]?.replace(/-release-\d+$/, '');
}

/**
 * Gradle's Nebula plugins write `group#artifact;version` for a title; symbolic names and vendor ids are believed only where
 * they have the form of a group.
 */
function groupOf(manifest: ReadonlyMap<string, string>, artifact: string): string | undefined {
  const [, group, titled] = /^([^#;\s]+)#([^#;\s]+);/.exec(manifest.get('implementation-title') ?? '') ?? [];
  const symbolic = manifest.get('bundle-symbolicname')?.split(';')[0]?.trim();
  const candidates = [
    titled === artifact ? group : undefined,
    symbolic?.endsWith(`.${artifact}`) ? symbolic.slice(0, -artifact.length - 1) : undefined,
    manifest.get('implementation-vendor-id'),
  ];
  return candidates.find((value) => value !== undefined && /^[A-Za-z][\w-]*(?:\.[\w-]+)+$/.test(value));
}

/** `Bundle-License: <address or name>;description=…,…`; the first one counts. */
function bundleLicense(manifest: ReadonlyMap<string, string>): string[] {
  const text = manifest.get('bundle-license')?.split(',')[0]?.split(';')[0]?.replace(/"/g, '').trim();
  return text ? [text] : [];
}

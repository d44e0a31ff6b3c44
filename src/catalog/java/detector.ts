import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import type { PackageDraft } from '../../model/package.ts';
import { parseFileName } from './file-name.ts';
import { parseProperties } from './parse-properties.ts';
import { ARCHIVE, readArchive } from './read-archive.ts';
import { toPackages } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'java/archive',
    title: 'Java archives (jar, war, ear and their kin, nested)',
    specification: 'https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html',
    packageTypes: ['maven'],
    select: [{ pattern: ARCHIVE, minSize: 22 }],
    textFolders: ownArchive,
    detect: detectArchive,
  },
  {
    id: 'java/exploded',
    title: 'Java applications that were unpacked (war folders, layered applications)',
    specification: 'https://maven.apache.org/shared/maven-archiver/#pom-properties-content',
    packageTypes: ['maven'],
    select: [{ pattern: /^[^!]*\/META-INF\/maven\/[^/!]+\/[^/!]+\/pom\.properties$/, maxSize: 64 * 1024 }],
    textFolders: (path) => [path.replace(/\/maven\/[^/]+\/[^/]+\/pom\.properties$/, '')],
    detect: detectExploded,
  },
];

/** The texts of an archive say nothing of what was shaded into it; that may also stand in an archive of its own. */
function ownArchive(path: string, { name, properties }: Pick<PackageDraft, 'name' | 'properties'>): readonly string[] {
  return properties?.['shaded'] === 'true' && parseFileName(path).artifact !== name ? [] : [`${path}!`];
}

/** Members of archives are read with their archive: only it tells its own coordinates from those of what was shaded in. */
function* detectExploded(file: FileView): Iterable<Observation> {
  const stated = parseProperties(file.text());
  const [namespace, name, version] = ['groupId', 'artifactId', 'version'].map((key) => stated.get(key));
  if (!namespace || !name || !version || version.includes('${'))
    yield damaged('no group, artifact and version in it: this Java application is not listed');
  else yield { kind: 'package', package: { type: 'maven', namespace, name, version } };
}

function* detectArchive(file: FileView, context: DetectContext): Iterable<Observation> {
  const archive = readArchive(context.zipMembers(file));
  for (const found of toPackages(archive, file.path)) yield { kind: 'package', package: found };
  for (const reason of archive.lost) yield damaged(`${reason}: packages it names are not listed`);
}

import type { ArchiveMember } from '../../detect/detector.ts';
import { counted } from '../../model/counted.ts';
import { parseManifest } from './parse-manifest.ts';
import { type PomCoordinates, parsePom } from './parse-pom.ts';
import { parseProperties } from './parse-properties.ts';

/** What an archive says about itself and what it carries. */
export interface JavaArchive {
  readonly manifest: ReadonlyMap<string, string>;
  /** One entry per directory that holds a `pom.properties` or `pom.xml`. */
  readonly poms: readonly PomCoordinates[];
  /** Directories of members, for telling what classes are in it. */
  readonly directories: ReadonlySet<string>;
  /** Members that could not be read, with the reason. */
  readonly lost: readonly string[];
}

/** Archives whose members may be packages themselves. */
export const ARCHIVE = /\.(?:jar|war|ear|par|sar|nar|rar|hpi|jpi|kar|lpkg|jmod)$/;
/** Usually `META-INF/maven/<group>/<artifact>/`; repackaged applications keep them below their classes. */
const POM = /^((?:(?:BOOT-INF|WEB-INF)\/classes\/)?META-INF\/(?:[^/]+\/)*)pom\.(properties|xml)$/;
const MAVEN = /META-INF\/maven\/([^/]+)\/([^/]+)\/$/;
/** Coordinates fit into a few lines; manifests of large bundles reach 1 MiB. */
const TEXT_BYTES = 4 * 1024 * 1024;

/** Reads the names of all members and the content of those that name packages. */
export function readArchive(members: Iterable<ArchiveMember>): JavaArchive {
  const properties = new Map<string, ArchiveMember>();
  const projects = new Map<string, ArchiveMember>();
  const directories = new Set<string>();
  let manifest: ArchiveMember | undefined;
  for (const member of members) {
    const pom = POM.exec(member.path);
    if (pom?.[1] !== undefined) (pom[2] === 'xml' ? projects : properties).set(pom[1], member);
    else if (member.path === 'META-INF/MANIFEST.MF') manifest = member;
    else if (member.path.endsWith('.class')) addDirectories(directories, member.path);
  }
  const lost: string[] = [];
  const text = (member: ArchiveMember | undefined): string => readText(member, lost);
  const keys = [...new Set([...properties.keys(), ...projects.keys()])];
  const poms = keys.map((key) => coordinates(key, text(properties.get(key)), () => text(projects.get(key))));
  return { manifest: parseManifest(text(manifest)), poms, directories, lost };
}

/** `a/b/c.class` puts `a/` and `a/b/` and so on, down to the level library names use. */
function addDirectories(directories: Set<string>, path: string): void {
  let slash = path.indexOf('/');
  for (let level = 0; slash >= 0 && level < 6; level += 1) {
    directories.add(path.slice(0, slash + 1));
    slash = path.indexOf('/', slash + 1);
  }
}

function readText(member: ArchiveMember | undefined, lost: string[]): string {
  if (member === undefined) return '';
  if (member.size > TEXT_BYTES) {
    lost.push(`${member.path} has ${counted(member.size, 'byte')}`);
    return '';
  }
  try {
    return decoder.decode(member.bytes());
  } catch (error) {
    lost.push(error instanceof Error ? error.message : member.path);
    return '';
  }
}

const decoder = new TextDecoder();

/** `pom.properties` is what the build wrote; `pom.xml` fills in what it lacks, and the directory the rest. */
function coordinates(key: string, properties: string, project: () => string): PomCoordinates {
  const [, directoryGroup, directoryArtifact] = MAVEN.exec(key) ?? [];
  const stated = parseProperties(properties);
  const pom = parsePom(project());
  const groupId = stated.get('groupId') || pom.groupId || directoryGroup;
  const artifactId = stated.get('artifactId') || pom.artifactId || directoryArtifact;
  const version = stated.get('version') || pom.version;
  const { groupId: _group, artifactId: _artifact, version: _version, ...others } = pom;
  return {
    ...others,
    ...(groupId && { groupId }),
    ...(artifactId && { artifactId }),
    ...(version && !version.includes('${') && { version }),
  };
}

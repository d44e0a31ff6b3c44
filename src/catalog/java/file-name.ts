/** What a file name says: `spring-core-5.2.0.RELEASE.jar`. */
export interface FileName {
  /** Without directory and extension. */
  readonly stem: string;
  readonly artifact: string;
  readonly version?: string;
}

/** The version begins at the first hyphen before a digit that looks like a version number. */
const VERSION_START = /-v?\d+(?:[._]|$|-|(?=[A-Za-z]))/g;
const CLASSIFIERS =
  /[-_.](?:sources|javadoc|tests?|shaded|all|jar-with-dependencies|with-dependencies|fat|uber|standalone|exec|runner|native|linux(?:-[a-z0-9_-]+)?|osx(?:-[a-z0-9_-]+)?|windows(?:-[a-z0-9_-]+)?)$/;

/** Artifact and version of an archive's name, its extension and a classifier cut off. */
export function parseFileName(path: string): FileName {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const stem = base.replace(/\.[A-Za-z0-9]+$/, '');
  for (const match of stem.matchAll(VERSION_START)) {
    if (match.index === 0 || partOfName(stem.slice(match.index + 1))) continue;
    const version = stem.slice(match.index + 1).replace(CLASSIFIERS, '');
    if (/^v?\d+(?:$|[._-]|[A-Za-z])/.test(version)) return { stem, artifact: stem.slice(0, match.index), version };
  }
  return { stem, artifact: stem.replace(CLASSIFIERS, '') };
}

const QUALIFIER =
  /^(?:jre|jdk|android|final|release|ga|snapshot|alpha|beta|milestone|preview|redhat|jboss|rc|cr|m|b|build|incubating|sp|pre|dev)\d*$/i;

/** True for `1.2-api-2.14.1`: a word and another version follow, so this number belongs to the name. */
function partOfName(rest: string): boolean {
  const [, word = '', after = ''] = rest.split('-', 3);
  return /^[a-z]+$/i.test(word) && /^\d+\.\d/.test(after) && !QUALIFIER.test(word);
}

import { lines } from '../../bytes/lines.ts';
import { RelationNames } from '../../detect/relation-names.ts';

/** A file as its package installed it; `checksum` as written: `Q1` + Base64 of SHA-1, `Q2` + Base64 of SHA-256, or hex. */
interface InstalledFile {
  readonly path: string;
  readonly checksum: string | undefined;
}

/** One record of the installed database; single-letter keys are apk's own. */
export interface InstalledRecord {
  readonly name: string;
  readonly version: string;
  readonly architecture: string | undefined;
  readonly origin: string | undefined;
  readonly license: string | undefined;
  readonly maintainer: string | undefined;
  readonly url: string | undefined;
  /** Commit of the package recipe. */
  readonly commit: string | undefined;
  readonly dependsOn: readonly string[];
  readonly provides: readonly string[];
  /** Made one by one while they are asked for: a record may list millions. */
  readonly files: Iterable<InstalledFile>;
}

/** A record, or the first line of one without name or version. */
export type InstalledEntry = InstalledRecord | { readonly damagedLine: number };

/**
 * Reads `lib/apk/db/installed` record by record (https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2). A blank
 * line ends a record, the last one may lack it. Throws ProblemError where a package needs too many others.
 */
export function* parseInstalled(text: string): Generator<InstalledEntry> {
  let number = 0;
  let first = 1;
  let start = 0;
  let end = 0;
  for (const line of lines(text)) {
    number += 1;
    const next = text.indexOf('\n', end) + 1 || text.length;
    if (line === '') {
      if (end > start) yield toEntry(text.slice(start, end), first);
      start = next;
      first = number + 1;
    }
    end = next;
  }
  if (end > start) yield toEntry(text.slice(start, end), first);
}

function toEntry(record: string, line: number): InstalledEntry {
  const values = valuesOf(record);
  const name = values.get('P');
  const version = values.get('V');
  if (name === undefined || name === '' || version === undefined || version === '') return { damagedLine: line };
  return {
    name,
    version,
    architecture: values.get('A'),
    origin: values.get('o'),
    license: values.get('L'),
    maintainer: values.get('m'),
    url: values.get('U'),
    commit: values.get('c'),
    dependsOn: relationNames(values.get('D')),
    provides: relationNames(values.get('p')),
    files: filesOf(record),
  };
}

/** The fields of a record; of one that is repeated the first. */
function valuesOf(record: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of lines(record)) {
    const key = line.charAt(0);
    if (line.charCodeAt(1) === 58 && !FILE_KEYS.has(key) && !values.has(key)) values.set(key, line.slice(2));
  }
  return values;
}

const FILE_KEYS = new Set(['F', 'R', 'Z']);

/** `F:` is the directory of the files that follow, `R:` a file, `Z:` the checksum of the last one. */
function* filesOf(record: string): Generator<InstalledFile> {
  let directory = '';
  let path: string | undefined;
  let checksum: string | undefined;
  for (const line of lines(record)) {
    if (line.charCodeAt(1) !== 58) continue;
    const key = line.charAt(0);
    if (key === 'F') directory = line.slice(2);
    else if (key === 'Z') checksum = line.slice(2);
    else if (key === 'R') {
      if (path !== undefined) yield { path, checksum };
      path = directory === '' ? `/${line.slice(2)}` : `/${directory}/${line.slice(2)}`;
      checksum = undefined;
    }
  }
  if (path !== undefined) yield { path, checksum };
}

/** Names of a blank-separated relation list: `so:libc.musl-x86_64.so.1`, `zlib>=1.2`, `pkg@edge`; `!conflicts` left out. */
function relationNames(field: string | undefined): string[] {
  const names = new RelationNames();
  for (const [word] of (field ?? '').matchAll(/[^ ]+/g)) {
    const name = /^[^!<>=~@]+/.exec(word)?.[0];
    if (name !== undefined) names.add(name);
  }
  return names.list();
}

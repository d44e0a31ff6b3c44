import { lines } from '../../bytes/lines.ts';

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
  readonly files: readonly InstalledFile[];
}

/** A record, or the first line of one without name or version. */
export type InstalledEntry = InstalledRecord | { readonly damagedLine: number };

/**
 * Reads `lib/apk/db/installed` record by record (https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2). A blank
 * line ends a record, the last one may lack it. Never throws.
 */
export function* parseInstalled(text: string): Generator<InstalledEntry> {
  let fields = new RecordFields(1);
  let number = 0;
  for (const line of lines(text)) {
    number += 1;
    if (line !== '') {
      fields.add(line);
      continue;
    }
    if (!fields.isEmpty) yield fields.toEntry();
    fields = new RecordFields(number + 1);
  }
  if (!fields.isEmpty) yield fields.toEntry();
}

class RecordFields {
  readonly #line: number;
  readonly #values = new Map<string, string>();
  readonly #files: { path: string; checksum: string | undefined }[] = [];
  #directory = '';
  #seen = false;

  constructor(line: number) {
    this.#line = line;
  }

  get isEmpty(): boolean {
    return !this.#seen;
  }

  add(line: string): void {
    this.#seen = true;
    if (line.charCodeAt(1) !== 58) return;
    const key = line.charAt(0);
    const value = line.slice(2);
    const last = this.#files.at(-1);
    if (key === 'F') this.#directory = value;
    else if (key === 'R') {
      this.#files.push({
        path: this.#directory === '' ? `/${value}` : `/${this.#directory}/${value}`,
        checksum: undefined,
      });
    } else if (key === 'Z' && last !== undefined) last.checksum = value;
    else if (!this.#values.has(key)) this.#values.set(key, value);
  }

  toEntry(): InstalledEntry {
    const name = this.#values.get('P');
    const version = this.#values.get('V');
    if (name === undefined || name === '' || version === undefined || version === '')
      return { damagedLine: this.#line };
    return {
      name,
      version,
      architecture: this.#values.get('A'),
      origin: this.#values.get('o'),
      license: this.#values.get('L'),
      maintainer: this.#values.get('m'),
      url: this.#values.get('U'),
      commit: this.#values.get('c'),
      dependsOn: relationNames(this.#values.get('D')),
      provides: relationNames(this.#values.get('p')),
      files: this.#files,
    };
  }
}

/** Names of a blank-separated relation list: `so:libc.musl-x86_64.so.1`, `zlib>=1.2`, `pkg@edge`; `!conflicts` left out. */
function relationNames(field: string | undefined): string[] {
  const names = new Set<string>();
  for (const word of (field ?? '').split(' ')) {
    const name = /^[^!<>=~@]+/.exec(word)?.[0];
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

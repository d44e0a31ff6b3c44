import { lines } from '../../bytes/lines.ts';

/** A file as its package installed it; `checksum` as written: `Q1` + Base64 of SHA-1, `Q2` + Base64 of SHA-256, or hex. */
export interface InstalledFile {
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

export interface InstalledDatabase {
  readonly records: readonly InstalledRecord[];
  /** First lines of records without name or version. */
  readonly damaged: readonly number[];
  /** Whether the text ends inside a line. */
  readonly cutShort: boolean;
}

/**
 * Reads `lib/apk/db/installed` (https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2). A blank line ends a
 * record, the last one may lack it. Never throws.
 */
export function parseInstalled(text: string): InstalledDatabase {
  const records: InstalledRecord[] = [];
  const damaged: number[] = [];
  let fields = new RecordFields(1);
  let number = 0;
  const finish = (): void => {
    if (fields.isEmpty) return;
    const record = fields.toRecord();
    if (record === undefined) damaged.push(fields.line);
    else records.push(record);
  };
  for (const line of lines(text)) {
    number += 1;
    if (line === '') {
      finish();
      fields = new RecordFields(number + 1);
    } else fields.add(line);
  }
  finish();
  return { records, damaged, cutShort: text !== '' && !text.endsWith('\n') };
}

class RecordFields {
  readonly line: number;
  readonly #values = new Map<string, string>();
  readonly #files: { path: string; checksum: string | undefined }[] = [];
  #directory = '';
  #seen = false;

  constructor(line: number) {
    this.line = line;
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

  toRecord(): InstalledRecord | undefined {
    const name = this.#values.get('P');
    const version = this.#values.get('V');
    if (name === undefined || name === '' || version === undefined || version === '') return undefined;
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

import { inflateSync } from 'node:zlib';
import { findSection, readExecutable, sectionBytes } from '../../bytes/executable/executable.ts';
import { isRecord, listField, ownField, parseJson, textField } from '../../bytes/json.ts';

/** One crate of a program (https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md). */
export interface Crate {
  readonly name: string;
  readonly version: string;
  /** `crates.io`, `git`, `local`, `registry`. */
  readonly source: string;
  /** True where only the build ran it. */
  readonly buildOnly: boolean;
  readonly root: boolean;
  /** Positions in the list. */
  readonly dependencies: readonly number[];
}

const SECTION = '.dep-v0';
/** The list of a program with 2,000 crates has 300 KiB; the format's own reader stops at 8 MiB. */
const LIST_BYTES = 8 * 1024 * 1024;

/** Undefined where a program carries no list, `'damaged'` where the list cannot be read. */
export function parseDependencyList(
  bytes: Uint8Array,
  depth: number,
): readonly (Crate | undefined)[] | 'damaged' | undefined {
  const executable = readExecutable(bytes);
  const section = executable && findSection(executable, SECTION);
  if (section === undefined) return undefined;
  const text = inflate(sectionBytes(bytes, section));
  const document = text === undefined ? undefined : parseJson(text, depth);
  if (!isRecord(document) || !Array.isArray(ownField(document, 'packages'))) return 'damaged';
  return listField(document, 'packages').map(toCrate);
}

function inflate(packed: Uint8Array): string | undefined {
  try {
    return decoder.decode(inflateSync(packed, { maxOutputLength: LIST_BYTES }));
  } catch {
    // Every failure of zlib means the same here: the list is damaged or larger than any real one.
    return undefined;
  }
}

const decoder = new TextDecoder();

/** Undefined keeps the place of an entry that names nothing, so that positions stay right. */
function toCrate(item: unknown): Crate | undefined {
  if (!isRecord(item)) return undefined;
  const name = textField(item, 'name');
  const version = textField(item, 'version');
  if (!name || !version) return undefined;
  return {
    name,
    version,
    source: textField(item, 'source') ?? 'registry',
    buildOnly: textField(item, 'kind') === 'build',
    root: ownField(item, 'root') === true,
    dependencies: listField(item, 'dependencies').filter((index) => typeof index === 'number'),
  };
}

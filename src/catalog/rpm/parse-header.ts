import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';

/** Tags of a package header (https://rpm-software-management.github.io/rpm/manual/tags.html). */
const TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  license: 1014,
  packager: 1015,
  url: 1020,
  architecture: 1022,
  oldFileNames: 1027,
  fileStates: 1029,
  fileModes: 1030,
  fileDigests: 1035,
  fileFlags: 1037,
  fileVerifyFlags: 1045,
  sourceRpm: 1044,
  provideName: 1047,
  requireName: 1049,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
  fileDigestAlgorithm: 5011,
  modularityLabel: 5096,
} as const;

const WANTED: ReadonlySet<number> = new Set(Object.values(TAG));
/** Tag, type, offset and count of one value. */
const INDEX_ENTRY_BYTES = 16;
/** rpm's own limits (headerVerify in lib/header.c). */
const MAX_ENTRIES = 0xffff;
const MAX_DATA_BYTES = 0x0fffffff;

const STRING_TYPES = [6, 8, 9];

/** A file as the package installed it. */
export interface HeaderFile {
  readonly path: string;
  /** Hex; absent for directories, links and ghosts. */
  readonly digest: string | undefined;
  /** True for configuration, and where the package asks not to hold the content against the digest. */
  readonly mayChange: boolean;
}

export interface PackageHeader {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch: number | undefined;
  readonly architecture: string | undefined;
  readonly license: string | undefined;
  readonly vendor: string | undefined;
  readonly packager: string | undefined;
  readonly url: string | undefined;
  readonly sourceRpm: string | undefined;
  readonly modularityLabel: string | undefined;
  readonly provides: readonly string[];
  readonly requires: readonly string[];
  readonly digestAlgorithm: number | undefined;
  /** Made one by one while they are asked for: a package may list a million. */
  readonly files: Iterable<HeaderFile>;
}

/**
 * Reads a header as databases store it: number of index entries, bytes of data, entries, data, all big endian
 * (https://rpm-software-management.github.io/rpm/manual/hregions.html). Databases leave out the magic that package files
 * begin with. Throws BoundsError where the blob is not what it says; undefined where it names no package.
 */
export function parseHeader(blob: Uint8Array): PackageHeader | undefined {
  const values = new HeaderValues(blob);
  const [name] = values.texts(TAG.name);
  const [version] = values.texts(TAG.version);
  const [release] = values.texts(TAG.release);
  if (name === undefined || version === undefined || release === undefined) return undefined;
  return {
    name,
    version,
    release,
    epoch: values.numbers(TAG.epoch)[0],
    architecture: values.text(TAG.architecture),
    license: values.text(TAG.license),
    vendor: values.text(TAG.vendor),
    packager: values.text(TAG.packager),
    url: values.text(TAG.url),
    sourceRpm: values.text(TAG.sourceRpm),
    modularityLabel: values.text(TAG.modularityLabel),
    provides: values.texts(TAG.provideName),
    requires: values.texts(TAG.requireName),
    digestAlgorithm: values.numbers(TAG.fileDigestAlgorithm)[0],
    files: filesOf(values),
  };
}

const DIRECTORY_MODE = 0o040000;
const MODE_KIND = 0o170000;
/** Not laid down by the package: %ghost. */
const GHOST_FLAG = 1 << 6;
const CONFIG_FLAG = 1 << 0;
/** RPMVERIFY_FILEDIGEST. */
const VERIFY_DIGEST_FLAG = 1 << 0;
/** RPMFILE_STATE_NORMAL; others were replaced, left out or are of another colour. */
const NORMAL_STATE = 0;

/** The files that the package put on disk, directories aside. */
function filesOf(values: HeaderValues): Iterable<HeaderFile> {
  const states = values.numbers(TAG.fileStates);
  const modes = values.numbers(TAG.fileModes);
  const flags = values.numbers(TAG.fileFlags);
  const digests = values.texts(TAG.fileDigests);
  const verified = values.numbers(TAG.fileVerifyFlags);
  const paths = pathsOf(values);
  return withoutDirectories();

  function* withoutDirectories(): Generator<HeaderFile> {
    for (const [index, path] of paths.entries()) {
      const isDirectory = ((modes[index] ?? 0) & MODE_KIND) === DIRECTORY_MODE;
      const flag = flags[index] ?? 0;
      const isGhost = (flag & GHOST_FLAG) !== 0;
      if (path === undefined || isDirectory || isGhost || (states[index] ?? NORMAL_STATE) !== NORMAL_STATE) continue;
      const mayChange =
        (flag & CONFIG_FLAG) !== 0 || ((verified[index] ?? VERIFY_DIGEST_FLAG) & VERIFY_DIGEST_FLAG) === 0;
      yield { path, digest: digests[index] || undefined, mayChange };
    }
  }
}

/** Undefined for a name in a directory that is none: relative, or too long to exist. */
function pathsOf(values: HeaderValues): readonly (string | undefined)[] {
  const directories = values.texts(TAG.dirNames).map((directory) => (isPath(directory) ? directory : undefined));
  const indexes = values.numbers(TAG.dirIndexes);
  const bases = values.texts(TAG.baseNames);
  if (bases.length === 0) return values.texts(TAG.oldFileNames).map((path) => (isPath(path) ? path : undefined));
  const paths = bases.map((base, index) => {
    const directory = directories[indexes[index] ?? -1];
    return directory === undefined ? undefined : directory + base;
  });
  const length = paths.reduce((sum, path) => sum + (path?.length ?? 0), 0);
  if (length > values.size * PATH_EXPANSION) throw new BoundsError(0, length, values.size);
  return paths;
}

function isPath(text: string): boolean {
  return text.startsWith('/') && text.length <= DEFAULT_LIMITS.pathBytes;
}

/** Paths spelled out over the bytes they are stored in: a digest a file alone keeps real ones near 1. */
const PATH_EXPANSION = 16;

interface IndexEntry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

class HeaderValues {
  readonly #entries = new Map<number, IndexEntry>();
  readonly #data: Uint8Array;

  constructor(blob: Uint8Array) {
    const cursor = new Cursor(blob, 'big');
    const entries = cursor.u32();
    const size = cursor.u32();
    if (entries > MAX_ENTRIES || size > MAX_DATA_BYTES) throw new BoundsError(0, Math.max(entries, size), blob.length);
    const index = new Cursor(cursor.bytes(entries * INDEX_ENTRY_BYTES), 'big');
    this.#data = cursor.bytes(size);
    while (index.remaining > 0) {
      const tag = index.u32();
      const entry = { type: index.u32(), offset: index.u32(), count: index.u32() };
      if (WANTED.has(tag) && !this.#entries.has(tag)) this.#entries.set(tag, entry);
    }
  }

  /** Bytes of all values. */
  get size(): number {
    return this.#data.length;
  }

  text(tag: number): string | undefined {
    return this.texts(tag)[0] || undefined;
  }

  /** The first string of a translated value is the untranslated one. */
  texts(tag: number): string[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined || !STRING_TYPES.includes(entry.type)) return [];
    if (entry.count > this.#data.length) throw new BoundsError(entry.offset, entry.count, this.#data.length);
    const data = Buffer.from(this.#data.buffer, this.#data.byteOffset, this.#data.length);
    const found: string[] = [];
    let start = entry.offset;
    while (found.length < entry.count) {
      const end = start >= data.length ? -1 : data.indexOf(0, start);
      if (end < 0) throw new BoundsError(start, 1, data.length);
      found.push(data.toString('utf8', start, end));
      start = end + 1;
    }
    return found;
  }

  numbers(tag: number): number[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return [];
    const cursor = new Cursor(this.#data, 'big').seek(entry.offset);
    const size = NUMBER_BYTES.get(entry.type);
    if (size === undefined || entry.count * size > cursor.remaining)
      throw new BoundsError(entry.offset, entry.count, this.#data.length);
    return Array.from({ length: entry.count }, () =>
      size === 1 ? cursor.u8() : size === 2 ? cursor.u16() : cursor.u32(),
    );
  }
}

/** Char and 8-bit, 16-bit, 32-bit numbers. */
const NUMBER_BYTES: ReadonlyMap<number, number> = new Map([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 4],
]);

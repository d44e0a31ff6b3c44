import { putName } from '../layers/name-bytes.ts';
import { CONTENT_HASHES } from '../model/content-hash.ts';
import type { OwnedDigest, OwnerKey } from './detector.ts';

/**
 * File lists of packages in columns, one row a file: they run to hundreds of thousands of paths. Plain data that crosses
 * threads.
 */
export interface OwnedFiles {
  /** The lists in the order of their rows. */
  readonly lists: readonly OwnedList[];
  /** Paths of directories without a slash at the end: empty for the root. */
  readonly directories: readonly string[];
  /** Index into `directories`. */
  readonly directoryOf: Uint32Array<ArrayBuffer>;
  /** UTF-8 of the last path parts, one after the other; row i ends at `nameEnd[i]`. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameEnd: Uint32Array<ArrayBuffer>;
  /** What is known of the digest: the position in CONTENT_HASHES from 1, MAY_CHANGE added; 0 where the list states none. */
  readonly digestKind: Uint8Array<ArrayBuffer>;
  /** The digests of all rows, one after the other; row i ends at `digestEnd[i]`. */
  readonly digests: Uint8Array<ArrayBuffer>;
  readonly digestEnd: Uint32Array<ArrayBuffer>;
}

/** What one file says that one package owns. */
export interface OwnedList {
  readonly evidence: string;
  readonly owner: OwnerKey;
  /** The row after its last one. */
  readonly end: number;
}

const MAY_CHANGE = 0x80;

/** No file of an image has a longer path: Linux PATH_MAX. */
const LONGEST_PATH = 4096;
const FIRST_ROWS = 64;
/** What a row, a directory and a list take beside their names. */
const ROW_BYTES = 13;
const DIRECTORY_BYTES = 200;
const LIST_BYTES = 300;

/** Grows the columns row by row. */
export class OwnedFilesBuilder {
  readonly #lists: { evidence: string; owner: OwnerKey; end: number }[] = [];
  #lastKey = '';
  readonly #directories: string[] = [];
  readonly #directoryIds = new Map<string, number>();
  #count = 0;
  #directoryOf = new Uint32Array(FIRST_ROWS);
  #names = new Uint8Array(FIRST_ROWS * 16);
  #nameEnd = new Uint32Array(FIRST_ROWS);
  #namesUsed = 0;
  #digestKind = new Uint8Array(FIRST_ROWS);
  #digests = new Uint8Array(FIRST_ROWS * 16);
  #digestEnd = new Uint32Array(FIRST_ROWS);
  #digestsUsed = 0;
  #bytes = 0;

  /** Bytes that all rows take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Paths that no file of an image can have are left out. */
  add(evidence: string, { owner, path, digest }: { owner: OwnerKey; path: string; digest?: OwnedDigest }): void {
    if (!path.startsWith('/') || path.length > LONGEST_PATH) return;
    const row = this.#count;
    if (row === this.#nameEnd.length) this.#grow(row * 2);
    this.#count += 1;
    const cut = path.lastIndexOf('/');
    this.#directoryOf[row] = this.#directoryId(path.slice(0, cut));
    this.#addName(row, path, cut + 1);
    this.#addDigest(row, digest);
    this.#listOf(evidence, owner).end = this.#count;
    this.#bytes += ROW_BYTES;
  }

  /** The finished columns; the builder is spent. */
  finish(): OwnedFiles {
    this.#grow(this.#count);
    return {
      lists: this.#lists,
      directories: this.#directories,
      directoryOf: this.#directoryOf,
      names: new Uint8Array(this.#names.buffer.transfer(this.#namesUsed)),
      nameEnd: this.#nameEnd,
      digestKind: this.#digestKind,
      digests: new Uint8Array(this.#digests.buffer.transfer(this.#digestsUsed)),
      digestEnd: this.#digestEnd,
    };
  }

  /** Consecutive files of one owner share a list. */
  #listOf(evidence: string, owner: OwnerKey): { end: number } {
    const last = this.#lists.at(-1);
    if (last?.evidence === evidence && last.owner === owner) return last;
    const key = 'evidence' in owner ? `!${owner.evidence}` : JSON.stringify(owner.identity);
    if (last?.evidence === evidence && this.#lastKey === key) return last;
    this.#lastKey = key;
    this.#bytes += LIST_BYTES;
    const list = { evidence, owner, end: 0 };
    this.#lists.push(list);
    return list;
  }

  #directoryId(directory: string): number {
    let id = this.#directoryIds.get(directory);
    if (id === undefined) {
      // Cut from a path, it would keep the whole file list alive.
      const own = Buffer.from(directory).toString();
      id = this.#directories.push(own) - 1;
      this.#directoryIds.set(own, id);
      this.#bytes += DIRECTORY_BYTES + own.length;
    }
    return id;
  }

  #addName(row: number, path: string, from: number): void {
    const worst = this.#namesUsed + (path.length - from) * 3;
    if (worst > this.#names.length) this.#names = new Uint8Array(this.#names.buffer.transfer(worst * 2));
    const length = putName(this.#names, this.#namesUsed, path, from);
    this.#namesUsed += length;
    this.#nameEnd[row] = this.#namesUsed;
    this.#bytes += length;
  }

  #addDigest(row: number, digest: OwnedDigest | undefined): void {
    const kind = CONTENT_HASHES.findIndex(({ algorithm }) => algorithm === digest?.algorithm);
    const size = CONTENT_HASHES[kind]?.bytes ?? 0;
    const end = this.#digestsUsed + size;
    if (end > this.#digests.length) this.#digests = new Uint8Array(this.#digests.buffer.transfer(end * 2));
    if (digest !== undefined) {
      this.#digestKind[row] = (kind + 1) | (digest.mayChange === true ? MAY_CHANGE : 0);
      const written = Buffer.from(this.#digests.buffer, this.#digestsUsed, size).write(digest.value, 'hex');
      // No digest at all: it is that of no file.
      if (written < size || digest.value.length !== size * 2) this.#digests.fill(0, this.#digestsUsed, end);
    }
    this.#digestsUsed = end;
    this.#digestEnd[row] = end;
    this.#bytes += size;
  }

  #grow(rows: number): void {
    this.#directoryOf = new Uint32Array(this.#directoryOf.buffer.transfer(rows * 4));
    this.#nameEnd = new Uint32Array(this.#nameEnd.buffer.transfer(rows * 4));
    this.#digestKind = new Uint8Array(this.#digestKind.buffer.transfer(rows));
    this.#digestEnd = new Uint32Array(this.#digestEnd.buffer.transfer(rows * 4));
  }
}

/** Where the last part of a row's path begins among the names. */
export function nameStart({ nameEnd }: Pick<OwnedFiles, 'nameEnd'>, row: number): number {
  return row === 0 ? 0 : (nameEnd[row - 1] ?? 0);
}

/** The last part of a row's path. */
export function ownedName(files: OwnedFiles, row: number): string {
  return decoder.decode(files.names.subarray(nameStart(files, row), files.nameEnd[row]));
}

export function hasDigest(files: OwnedFiles, row: number): boolean {
  return files.digestKind[row] !== 0;
}

/** The digest that the list states of a row. */
export function ownedDigest({ digestKind, digests, digestEnd }: OwnedFiles, row: number): OwnedDigest | undefined {
  const kind = digestKind[row] ?? 0;
  const known = CONTENT_HASHES[(kind & ~MAY_CHANGE) - 1];
  if (known === undefined) return undefined;
  const end = digestEnd[row] ?? 0;
  const value = Buffer.from(digests.buffer, end - known.bytes, known.bytes).toString('hex');
  return { algorithm: known.algorithm, value, ...((kind & MAY_CHANGE) === 0 ? {} : { mayChange: true }) };
}

/** Bytes that file lists take, counted as their builder does. */
export function ownedFilesBytes({ lists, directories, names, nameEnd, digests }: OwnedFiles): number {
  const characters = directories.reduce((sum, directory) => sum + directory.length, 0);
  const places = lists.length * LIST_BYTES + directories.length * DIRECTORY_BYTES + characters;
  return places + nameEnd.length * ROW_BYTES + names.length + digests.length;
}

/** The buffers to hand over when lists move to another thread. */
export function ownedBuffers(files: OwnedFiles): ArrayBuffer[] {
  const { directoryOf, names, nameEnd, digestKind, digests, digestEnd } = files;
  return [directoryOf, names, nameEnd, digestKind, digests, digestEnd].map((column) => column.buffer);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

import { parentPath } from '../archive-formats/entry.ts';
import type { TarEntry } from '../archive-formats/tar-entry.ts';
import { ENTRY_KIND, type EntryKind, type EntryTable } from './layer-index.ts';
import { putName } from './name-bytes.ts';

const FIRST_ROWS = 1024;
const FIRST_NAME_BYTES = 16 * 1024;

/** A row before it is in the table. */
export interface NewEntry {
  readonly path: string;
  readonly kind: EntryKind;
  readonly mode: number;
  readonly size: number;
  readonly contentOffset: number;
  readonly link: string;
  readonly capability: Uint8Array | undefined;
}

/** Kinds of the table by kinds of the tar. */
export const KIND_OF_TAR: Readonly<Record<TarEntry['kind'], EntryKind>> = {
  file: ENTRY_KIND.file,
  directory: ENTRY_KIND.directory,
  symlink: ENTRY_KIND.symlink,
  hardLink: ENTRY_KIND.hardLink,
  characterDevice: ENTRY_KIND.characterDevice,
  blockDevice: ENTRY_KIND.blockDevice,
  fifo: ENTRY_KIND.fifo,
};

/** Grows the columns of an entry table; buffers are extended in place where the allocator can. */
export class EntryTableBuilder {
  #count = 0;
  readonly #directories: string[] = [];
  readonly #directoryIds = new Map<string, number>();
  #lastDirectory = '';
  #lastDirectoryId = -1;
  #directoryCharacters = 0;
  #directoryOf = new Uint32Array(FIRST_ROWS);
  #names = new Uint8Array(FIRST_NAME_BYTES);
  #namesUsed = 0;
  #nameEnd = new Uint32Array(FIRST_ROWS);
  #kind = new Uint8Array(FIRST_ROWS);
  #mode = new Uint16Array(FIRST_ROWS);
  #size = new Float64Array(FIRST_ROWS);
  #contentOffset = new Float64Array(FIRST_ROWS);
  #contentHash = new Uint32Array(FIRST_ROWS * 2);
  readonly #links = new Map<number, string>();
  readonly #capabilities = new Map<number, Uint8Array>();

  /** Bytes of all names and directories. */
  get nameBytes(): number {
    return this.#namesUsed + this.#directoryCharacters;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a row and returns its number. */
  add(entry: NewEntry): number {
    const row = this.#count;
    if (row === this.#kind.length) this.#grow(row * 2);
    this.#count += 1;
    const parent = parentPath(entry.path);
    this.#directoryOf[row] = this.#directoryId(parent);
    this.#addName(entry.path, parent.length + 1);
    this.#nameEnd[row] = this.#namesUsed;
    this.#kind[row] = entry.kind;
    this.#mode[row] = entry.mode;
    this.#size[row] = entry.size;
    this.#contentOffset[row] = entry.contentOffset;
    if (entry.link !== '') this.#links.set(row, entry.link);
    if (entry.capability !== undefined) this.#capabilities.set(row, entry.capability);
    return row;
  }

  setHash(row: number, low: number, high: number): void {
    this.#contentHash[row * 2] = low;
    this.#contentHash[row * 2 + 1] = high;
  }

  #directoryId(parent: string): number {
    if (parent === this.#lastDirectory && this.#lastDirectoryId >= 0) return this.#lastDirectoryId;
    let id = this.#directoryIds.get(parent);
    if (id === undefined) {
      id = this.#directories.push(parent) - 1;
      this.#directoryIds.set(parent, id);
      this.#directoryCharacters += parent.length;
    }
    this.#lastDirectory = parent;
    this.#lastDirectoryId = id;
    return id;
  }

  #addName(path: string, start: number): void {
    const worst = (path.length - start) * 3;
    if (this.#namesUsed + worst > this.#names.length) {
      this.#names = new Uint8Array(this.#names.buffer.transfer(this.#names.length * 2 + worst));
    }
    this.#namesUsed += putName(this.#names, this.#namesUsed, path, start);
  }

  #grow(rows: number): void {
    this.#directoryOf = new Uint32Array(this.#directoryOf.buffer.transfer(rows * 4));
    this.#nameEnd = new Uint32Array(this.#nameEnd.buffer.transfer(rows * 4));
    this.#kind = new Uint8Array(this.#kind.buffer.transfer(rows));
    this.#mode = new Uint16Array(this.#mode.buffer.transfer(rows * 2));
    this.#size = new Float64Array(this.#size.buffer.transfer(rows * 8));
    this.#contentOffset = new Float64Array(this.#contentOffset.buffer.transfer(rows * 8));
    this.#contentHash = new Uint32Array(this.#contentHash.buffer.transfer(rows * 8));
  }

  /** The finished table; the builder is spent. */
  finish(): EntryTable {
    this.#grow(this.#count);
    return {
      count: this.#count,
      directories: this.#directories,
      directoryOf: this.#directoryOf,
      names: new Uint8Array(this.#names.buffer.transfer(this.#namesUsed)),
      nameEnd: this.#nameEnd,
      kind: this.#kind,
      mode: this.#mode,
      size: this.#size,
      contentOffset: this.#contentOffset,
      contentHash: this.#contentHash,
      links: this.#links,
      capabilities: this.#capabilities,
    };
  }
}

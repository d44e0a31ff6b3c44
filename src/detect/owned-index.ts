import { nameOf } from '../layers/name-bytes.ts';
import type { OwnedDigest } from './detector.ts';
import { hasDigest, nameStart, type OwnedFiles, ownedDigest, ownedName } from './owned-files.ts';

const NONE = -1;
/** Names that are made to fall into one slot would cost a second for each thousand of them. */
const SEED = Math.trunc(Math.random() * 2 ** 32);

/** File lists and the number that their first row has among the rows of all. */
interface Part {
  readonly files: OwnedFiles;
  readonly first: number;
  /** The number of the final directory of each directory. */
  readonly places: Int32Array;
}

/**
 * Which rows of many file lists name a path: 30 bytes a row, no object or string per path. Rows are numbered through all
 * lists in the order they are added.
 */
export class OwnedIndex {
  readonly #parts: Part[] = [];
  readonly #directories: string[] = [];
  readonly #directoryIds = new Map<string, number>();
  /** Open addressing on (directory, name): the row that counts. */
  readonly #slots: Int32Array;
  /** The row before it with a digest for the same path. */
  readonly #next: Int32Array;
  #rows = 0;
  #paths = 0;

  /** With room for so many rows. */
  constructor(rows: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(rows * 1.5 + 2))).fill(NONE);
    this.#next = new Int32Array(rows).fill(NONE);
  }

  /** Paths that any row names. */
  get size(): number {
    return this.#paths;
  }

  /** Makes the rows of these lists known, not yet found; returns the number of the first. */
  add(files: OwnedFiles, resolveDirectory: (directory: string) => string): number {
    const first = this.#rows;
    const places = Int32Array.from(files.directories, (directory) => {
      const resolved = directory === '' ? '' : resolveDirectory(directory);
      return this.#directoryId(resolved === '/' ? '' : resolved);
    });
    this.#parts.push({ files, first, places });
    this.#rows += files.nameEnd.length;
    return first;
  }

  /**
   * Lets a row be found under its path; where another is, `yields` says whether the new one stands back. The digests of
   * those that stand back are kept.
   */
  claim(row: number, yields: (row: number, before: number) => boolean): void {
    const part = this.#partOf(row);
    const at = row - part.first;
    const start = nameStart(part.files, at);
    const slot = this.#slotOf(placeIn(part, at), part.files.names, start, part.files.nameEnd[at] ?? start);
    const before = this.#slots[slot] ?? NONE;
    if (before === NONE) {
      this.#slots[slot] = row;
      this.#paths += 1;
    } else if (!yields(row, before)) {
      this.#slots[slot] = row;
      this.#next[row] = this.hasDigest(before) ? before : (this.#next[before] ?? NONE);
    } else if (this.hasDigest(row)) {
      this.#next[row] = this.#next[before] ?? NONE;
      this.#next[before] = row;
    }
  }

  /** The row of a path; undefined where none names it. */
  find(path: string): number | undefined {
    const cut = path.lastIndexOf('/');
    const directory = cut < 0 ? undefined : this.#directoryIds.get(path.slice(0, cut));
    if (directory === undefined) return undefined;
    const name = nameOf(path.slice(cut + 1));
    const row = this.#slots[this.#slotOf(directory, name, 0, name.length)] ?? NONE;
    return row === NONE ? undefined : row;
  }

  hasDigest(row: number): boolean {
    const { files, first } = this.#partOf(row);
    return hasDigest(files, row - first);
  }

  digest(row: number): OwnedDigest | undefined {
    const { files, first } = this.#partOf(row);
    return ownedDigest(files, row - first);
  }

  /** The digests that other rows state for the path of a row, up to so many. */
  *others(row: number, most: number): Generator<OwnedDigest> {
    let at = this.#next[row] ?? NONE;
    for (let told = 0; at !== NONE && told < most; told += 1) {
      const digest = this.digest(at);
      if (digest !== undefined) yield digest;
      at = this.#next[at] ?? NONE;
    }
  }

  /** The rows that count, one for each path, ascending. */
  rows(): Int32Array {
    return this.#slots.filter((row) => row !== NONE).sort();
  }

  /** The path of a row, in its final directory. */
  path(row: number): string {
    const part = this.#partOf(row);
    const at = row - part.first;
    return `${this.#directories[placeIn(part, at)] ?? ''}/${ownedName(part.files, at)}`;
  }

  #directoryId(directory: string): number {
    let id = this.#directoryIds.get(directory);
    if (id === undefined) {
      id = this.#directories.push(directory) - 1;
      this.#directoryIds.set(directory, id);
    }
    return id;
  }

  #partOf(row: number): Part {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#parts[middle]?.first ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const part = this.#parts[low];
    if (part === undefined) throw new Error('a row of no file list');
    return part;
  }

  #slotOf(directory: number, names: Uint8Array, from: number, to: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(directory ^ SEED, 0x9e3779b1);
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (names[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? NONE;
      if (row === NONE) return slot;
      const part = this.#partOf(row);
      const at = row - part.first;
      if (placeIn(part, at) === directory && isNamed(part.files, at, names.subarray(from, to))) return slot;
    }
  }
}

function placeIn({ files, places }: Part, at: number): number {
  return places[files.directoryOf[at] ?? 0] ?? NONE;
}

function isNamed({ names, nameEnd }: OwnedFiles, at: number, name: Uint8Array): boolean {
  const start = nameStart({ nameEnd }, at);
  if ((nameEnd[at] ?? 0) - start !== name.length) return false;
  for (let index = 0; index < name.length; index += 1) if (names[start + index] !== name[index]) return false;
  return true;
}

import type { Digest } from '../model/digest.ts';
import type { Problem } from '../model/problem.ts';

/** What an entry of a layer is. `whiteout` and `opaque` are the markers of OCI image-spec layer.md, not files. */
export const ENTRY_KIND = {
  file: 0,
  directory: 1,
  symlink: 2,
  hardLink: 3,
  characterDevice: 4,
  blockDevice: 5,
  fifo: 6,
  whiteout: 7,
  opaque: 8,
} as const;

export type EntryKind = (typeof ENTRY_KIND)[keyof typeof ENTRY_KIND];

/**
 * The entries of one layer in tar order, as columns: one row costs about 50 bytes, and all arrays move between
 * threads without a copy. Paths are canonical (see archive-formats/entry.ts). For whiteouts the path is the one that
 * is hidden, for opaque markers the directory.
 */
export interface EntryTable {
  readonly count: number;
  /** Canonical parent paths without a trailing slash; the root is the empty string. */
  readonly directories: readonly string[];
  /** Index into `directories`. */
  readonly directoryOf: Uint32Array<ArrayBuffer>;
  /** UTF-8 of the last path parts, one after the other; row i ends at `nameEnd[i]`. The root itself has an empty name. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameEnd: Uint32Array<ArrayBuffer>;
  /** ENTRY_KIND. */
  readonly kind: Uint8Array<ArrayBuffer>;
  /** Permission bits with setuid, setgid and sticky (07777). */
  readonly mode: Uint16Array<ArrayBuffer>;
  /** Bytes the layer stores for the file (a sparse file counts what is stored); 0 for everything but regular files. */
  readonly size: Float64Array<ArrayBuffer>;
  /** Where the content starts in the uncompressed tar. */
  readonly contentOffset: Float64Array<ArrayBuffer>;
  /** XXH64 of the content, low and high half; both 0 for everything but regular files. */
  readonly contentHash: Uint32Array<ArrayBuffer>;
  /** Target of symlinks (as written) and hard links (canonical path), by row. */
  readonly links: ReadonlyMap<number, string>;
  /** `security.capability` values, by row. */
  readonly capabilities: ReadonlyMap<number, Uint8Array>;
}

export type LayerCompression = 'none' | 'gzip' | 'zstd';

/** One layer after its pass: what it holds and what it was. */
export interface LayerIndex {
  readonly index: number;
  /** SHA-256 of the stored bytes, computed while reading. */
  readonly digest: Digest;
  /** SHA-256 of the uncompressed tar, computed while reading. */
  readonly diffId: Digest;
  /** Bytes as stored. */
  readonly size: number;
  readonly uncompressedSize: number;
  readonly compression: LayerCompression;
  /** `estargz` and `zstd:chunked` where the layer carries such a table of contents. */
  readonly flavour?: 'estargz' | 'zstd:chunked';
  readonly entries: EntryTable;
  readonly problems: readonly Problem[];
}

/** Canonical absolute path of a row. */
export function entryPath(entries: EntryTable, row: number): string {
  const directory = entries.directories[entries.directoryOf[row] ?? 0] ?? '';
  const name = entryName(entries, row);
  return name === '' && directory === '' ? '/' : `${directory}/${name}`;
}

/** Last part of the path of a row. */
export function entryName(entries: EntryTable, row: number): string {
  const start = row === 0 ? 0 : (entries.nameEnd[row - 1] ?? 0);
  return NAME_DECODER.decode(entries.names.subarray(start, entries.nameEnd[row] ?? start));
}

const NAME_DECODER = new TextDecoder();

/** The buffers to hand over when an index moves to another thread. */
export function transferables(layer: LayerIndex): ArrayBuffer[] {
  const { directoryOf, names, nameEnd, kind, mode, size, contentOffset, contentHash } = layer.entries;
  return [directoryOf, names, nameEnd, kind, mode, size, contentOffset, contentHash].map((column) => column.buffer);
}

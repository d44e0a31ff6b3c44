import type { EntryKind } from './layer-index.ts';

/** A file instance as a view shows it. */
export interface FileEntry {
  readonly path: string;
  readonly layer: number;
  /** Row in the layer's entry table; -1 for a directory that only its children imply. */
  readonly entry: number;
  readonly kind: EntryKind;
  readonly size: number;
  readonly mode: number;
}

/** Where a path leads once symlinks were followed, and over which links. */
export interface Resolution {
  /** Undefined where the last target does not exist. */
  readonly file: FileEntry | undefined;
  /** Path of every symlink that was followed, in order. */
  readonly trail: readonly string[];
  /** True where links run in a circle or past `limits.symlinkHops`. */
  readonly loop: boolean;
}

/** The file system as it is after one layer. All paths are canonical and absolute. */
export interface FileTree {
  /** The entry at exactly this path; symlinks in it are not followed. */
  lookup(path: string): FileEntry | undefined;
  /** Follows symlinks in all parts; hard links are resolved to the file they name. */
  resolve(path: string): Resolution;
  /** Names in a directory, sorted by bytes; empty where it is none. */
  list(directory: string): readonly string[];
  /** All entries, directories before what is in them, siblings sorted by bytes. */
  entries(below?: string): Iterable<FileEntry>;
}

import type { EntryKind } from './layer-index.ts';

/** A file instance as a view shows it. */
export interface FileEntry {
  readonly path: string;
  readonly layer: number;
  /** Row in the layer's entry table; -1 for a directory that only what is in it implies. */
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
  /** Follows symlinks in all parts of a path. */
  resolve(path: string): Resolution;
  /** The regular file that holds the bytes of a file or hard link, also where its own path is hidden by now. */
  content(file: FileEntry): FileEntry | undefined;
  /** Names in a directory, sorted by bytes; empty where it is none. */
  list(directory: string): readonly string[];
  /** All entries, directories before what is in them, siblings sorted by bytes. */
  entries(below?: string): Iterable<FileEntry>;
  /** The regular files with any of these mode bits, in the same order. */
  filesWithMode(bits: number): Iterable<FileEntry>;
}

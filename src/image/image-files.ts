/** A run of bytes on this machine. */
export interface FileRange {
  readonly file: string;
  readonly offset: number;
  readonly size: number;
}

/**
 * The files an image is made of, whatever they lie in: members of a tar, or a folder. Paths are canonical and
 * absolute from the root of the archive or folder; nothing outside of it can be named.
 */
export interface ImageFiles {
  /** What was opened, for messages. */
  readonly location: string;
  readonly isFolder: boolean;
  /** Where the bytes of a file lie, links followed; undefined where there is none. */
  find(path: string): FileRange | undefined;
  /** The bytes of a file; undefined where there is none. Throws PLM_LIMIT above `limits.manifestBytes`. */
  read(path: string): Uint8Array | undefined;
  /** The names in a folder, sorted; empty where there is none. */
  names(folder: string): readonly string[];
  close(): Promise<void>;
}

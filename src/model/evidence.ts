/**
 * Where a claim was read. `path` is absolute in the image; inside archives the members follow `!`, as in
 * `/opt/app.jar!/BOOT-INF/lib/x.jar`. `layer` counts from 0, empty history entries skipped.
 */
export interface Location {
  readonly path: string;
  readonly layer: number;
  /** The detector that read it, as in `dpkg/status`. */
  readonly detector?: string;
  /** Digest of the file the claim was read from, where the run hashed it. */
  readonly digest?: string;
}

/**
 * What became of something a layer added.
 * `present`: the final file system has it; `overwritten`: a later layer wrote the path (or another version of the
 * package) again; `deleted`: a later layer removed it and nothing took its place.
 */
export type State = 'present' | 'overwritten' | 'deleted';

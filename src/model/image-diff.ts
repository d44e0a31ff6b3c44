import type { ImageReport } from './image.ts';
import type { Problem } from './problem.ts';

/** A path that differs between two file systems. */
export interface FileDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'metadata';
  readonly type: 'file' | 'directory' | 'symlink' | 'hardLink' | 'device' | 'fifo';
  /** Bytes before and after; absent on the side that has no such path. */
  readonly sizeBefore?: number;
  readonly sizeAfter?: number;
  /** Layer that the path comes from, before and after. */
  readonly layerBefore?: number;
  readonly layerAfter?: number;
}

/** A package whose set of versions differs. */
export interface PackageDifference {
  readonly type: string;
  readonly name: string;
  readonly namespace?: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Versions only the first side has, and those only the second has; sorted. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The result of `plimsoll diff`, version 1 of its JSON form (schema/diff-1.schema.json). */
export interface ImageDiff {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** Absent where a side is an SBOM: it holds no files. */
  readonly files?: readonly FileDifference[];
  /** Absent where two layers of one image were compared. */
  readonly packages?: readonly PackageDifference[];
  readonly problems: readonly (Problem & { readonly side: 'before' | 'after' })[];
}

export interface DiffSide {
  readonly location: string;
  readonly image: Pick<ImageReport, 'ref' | 'kind' | 'manifestDigest' | 'configDigest' | 'platform'>;
  /** The file system after this layer was compared; absent for an SBOM, which has none. */
  readonly layer?: number;
}

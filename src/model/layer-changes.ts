import type { FileReport, GateResult } from './analysis.ts';
import type { ImageReport, LayerReport } from './image.ts';
import type { Problem } from './problem.ts';

/** Files (everything but directories) and their bytes. */
export interface FileSum {
  readonly files: number;
  readonly bytes: number;
}

/**
 * `added`: nothing was there; `changed`: other content, kind or target than before; `metadata`: mode or attributes;
 * `rewritten`: the same once more, bytes stored for nothing; `deleted`: no longer there after this layer.
 */
export type ChangeKind = 'added' | 'changed' | 'metadata' | 'rewritten' | 'deleted';

/** What one layer did to one path. */
export interface PathChange {
  readonly path: string;
  readonly change: ChangeKind;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardLink' | 'device' | 'fifo';
  /** Bytes this layer stores for it; for deletions the bytes that became hidden. */
  readonly size: number;
  /** Target of a link. */
  readonly target?: string;
  /** Later layer that hides what this layer stored. */
  readonly hiddenBy?: number;
}

/** One layer and what it did to the file system below it. */
export interface LayerChanges extends LayerReport {
  readonly added: FileSum;
  readonly changed: FileSum;
  /** Written again with the same content. */
  readonly rewritten: FileSum;
  /** Files of lower layers that this layer removed. */
  readonly deleted: FileSum;
  /** Files of this layer that later layers hide. */
  readonly hidden: FileSum;
  /** Every change, sorted by path; only where the layer was asked for. */
  readonly changes?: readonly PathChange[];
}

/** The result of `plimsoll layers`, version 1 of its JSON form (schema/layers-1.schema.json). */
export interface LayersReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly image: ImageReport;
  readonly layers: readonly LayerChanges[];
  readonly files: FileReport;
  readonly waste: { readonly bytes: number; readonly efficiency: number };
  readonly gates: readonly GateResult[];
  readonly problems: readonly Problem[];
}

import type { LayerHistory } from '../../layers/squash.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';

/** One side of a comparison: an analysis in which what is suppressed has been marked. */
export interface DiffInput {
  readonly location: string;
  readonly analysis: UnjudgedAnalysis;
  /** Absent for an SBOM or a report, which hold no file system. */
  readonly files?: FileSystem;
}

/** The final file system of an image; `shownPath` hides what paths hold of secrets, undefined where none does. */
export interface FileSystem {
  readonly history: LayerHistory;
  readonly shownPath: ((path: string) => string) | undefined;
}

import type { LayerResult, LayerTask } from './analyze-layer.ts';
import type { VisitSettings } from './file-visitor.ts';

/** Runs the per-layer pass, on this thread or on many. The result depends on the task alone. */
export interface Pool {
  analyzeLayer(task: LayerTask): Promise<LayerResult>;
  /** Ends the threads; safe to call twice. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Threads, the calling one among them; 0 and 1 run everything on it. */
  readonly workers: number;
  /** The same for all layers: threads compile them once. */
  readonly settings: VisitSettings;
}

import type { LayerSource } from '../image/opened-image.ts';
import type { Limits } from '../limits.ts';
import type { CaptureBudget } from './capture-budget.ts';
import type { LayerConsumer } from './layer-consumer.ts';
import type { LayerIndex } from './layer-index.ts';

export interface IndexLayerOptions {
  readonly limits: Limits;
  readonly consumer?: LayerConsumer;
  /** Linear memory the blocks lie in; one per thread, reused from layer to layer. */
  readonly memory?: WebAssembly.Memory;
  /** Shared by all threads of a run, so that only one holds a large capture at a time. */
  readonly captureBudget?: CaptureBudget;
  /** Called with the compressed bytes read since the last call. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads one layer in one streaming pass: verifies digest and diffID while decompressing, walks the tar, hashes every
 * file and feeds the consumer. Throws PLM_BLOB_DIGEST, PLM_LAYER_DIFFID, PLM_LAYER_DAMAGED, PLM_LIMIT and
 * PLM_INPUT_UNREADABLE; what costs less than the layer is a problem of the index.
 */
export async function indexLayer(source: LayerSource, _options: IndexLayerOptions): Promise<LayerIndex> {
  throw new Error(`layer ${source.index}`);
}

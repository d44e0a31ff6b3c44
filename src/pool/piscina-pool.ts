import { extname } from 'node:path';
import { Piscina } from 'piscina';
import type { LayerTask } from './analyze-layer.ts';
import type { Pool, PoolOptions } from './pool.ts';
import { fromFailure, type WorkerReply } from './worker-reply.ts';

/** One layer per thread at a time; results are moved, not copied. */
export function piscinaPool(options: PoolOptions): Pool {
  const piscina = new Piscina<LayerTask, WorkerReply>({
    name: 'run',
    filename: new URL(`./worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: options.workers,
    maxThreads: options.workers,
    recordTiming: false,
    // Layers stream through; a young generation of the default size would only hold garbage: 30 MB a thread.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  return {
    analyzeLayer: async (task) => {
      const reply = await piscina.run(task);
      if ('failure' in reply) throw fromFailure(reply.failure);
      return reply.result;
    },
    close: () => piscina.destroy(),
  };
}

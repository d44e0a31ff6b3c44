import { analyzeLayer, joinLayer } from './analyze-layer.ts';
import type { VisitSettings } from './file-visitor.ts';
import type { Pool } from './pool.ts';

/** One layer after the other on the calling thread: for small images, where starting threads costs more than the work. */
export function inlinePool(settings: VisitSettings): Pool {
  let last: Promise<unknown> = Promise.resolve();
  return {
    analyzeLayer: (task) => {
      const next = last.then(async () => joinLayer(await analyzeLayer(task, settings), []));
      // Whoever asked for the layer hears of its failure; here it only ends the wait.
      last = next.catch(() => undefined);
      return next;
    },
    close: async () => undefined,
  };
}

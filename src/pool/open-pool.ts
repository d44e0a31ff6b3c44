import { inlinePool } from './inline-pool.ts';
import type { Pool, PoolOptions } from './pool.ts';

/** The pool for a number of threads. Piscina is loaded only where threads are wanted. */
export async function openPool(options: PoolOptions): Promise<Pool> {
  if (options.workers === 0) return inlinePool(options.settings);
  const { piscinaPool } = await import('./piscina-pool.ts');
  return piscinaPool(options);
}

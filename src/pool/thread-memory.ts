import { createMemory, type LinearMemory } from '../wasm/load.ts';

const BYTES = 4 * 1024 * 1024;

let memory: LinearMemory | undefined;

/** The linear memory of this thread, in which layers stream by and are searched in place. */
export function threadMemory(): LinearMemory {
  memory ??= createMemory(BYTES);
  return memory;
}

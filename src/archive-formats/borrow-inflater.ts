import { createInflater, type Inflater } from '../wasm/inflate.ts';

/** Packed and plain bytes together up to which decoding in linear memory pays: see bench/README.md. Larger members are rare. */
export const KERNEL_BYTES = 4 * 1024 * 1024;
const MEMORY_BYTES = 32 * 1024 * 1024;

/** Decoders that nobody uses at the moment; archives within archives need one each. */
const idle: Inflater[] = [];

/** A decoder for one archive that is open; give it back when its members are done. */
export function borrowInflater(): Inflater {
  return idle.pop() ?? createInflater(MEMORY_BYTES);
}

export function returnInflater(inflater: Inflater): void {
  idle.push(inflater);
}

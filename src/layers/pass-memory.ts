import { type ContentHasher, createContentHasher } from '../wasm/content-hash.ts';
import { createMemory, type LinearMemory, WASM_PAGE } from '../wasm/load.ts';
import type { StreamBlock } from './layer-consumer.ts';

/** Largest chunk that is taken at once. */
export const BLOCK_BYTES = 256 * 1024;
/** Bytes before and after the block that belong to the consumer: kernels keep the tail of the last block or overread there. */
export const BLOCK_MARGIN = WASM_PAGE;

/** The part of a thread's linear memory in which a layer pass puts the current chunk. */
export interface PassMemory {
  readonly hasher: ContentHasher;
  /** Where the chunk lies. */
  readonly pointer: number;
  /** Copies a chunk in. */
  load(chunk: Uint8Array): void;
  block(length: number): StreamBlock;
}

const claimed = new WeakMap<LinearMemory, PassMemory>();
let own: LinearMemory | undefined;

/** The pass memory of a linear memory, claimed on first use; without one the thread's own is taken. */
export function passMemory(given?: LinearMemory): PassMemory {
  own ??= given ?? createMemory(WASM_PAGE);
  const memory = given ?? own;
  let claim = claimed.get(memory);
  if (claim === undefined) {
    claim = claimMemory(memory);
    claimed.set(memory, claim);
  }
  return claim;
}

function claimMemory(memory: LinearMemory): PassMemory {
  const pages = (BLOCK_BYTES + 2 * BLOCK_MARGIN) / WASM_PAGE;
  const pointer = memory.grow(pages) * WASM_PAGE + BLOCK_MARGIN;
  let view = new Uint8Array(memory.buffer);
  const current = (): Uint8Array => {
    // a memory that grew has a new buffer; the old view is empty
    if (view.length === 0) view = new Uint8Array(memory.buffer);
    return view;
  };
  return {
    hasher: createContentHasher(memory),
    pointer,
    load: (chunk) => current().set(chunk, pointer),
    block: (length) => ({ bytes: current().subarray(pointer, pointer + length), memory, pointer }),
  };
}

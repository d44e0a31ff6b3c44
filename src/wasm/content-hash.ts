import { instantiateKernel, WASM_PAGE } from './load.ts';

interface ContentHashExports {
  contentHashStart(state: number): void;
  contentHashUpdate(state: number, at: number, length: number): void;
  contentHashFinish(state: number, out: number): void;
  contentHashWhole(state: number, at: number, length: number, out: number): void;
}

/** XXH64 on bytes that lie in a linear memory; one file at a time. */
export interface ContentHasher {
  start(): void;
  /** The next piece of the file: a range of the memory. */
  update(pointer: number, length: number): void;
  /** The hash of all pieces, low and high half. */
  finish(): readonly [low: number, high: number];
  /** A file that lies in one piece. */
  whole(pointer: number, length: number): readonly [low: number, high: number];
}

const OUT = 128;

/** A hasher on this memory; claims one page of it for its state. */
export function createContentHasher(memory: WebAssembly.Memory): ContentHasher {
  const kernel = instantiateKernel<ContentHashExports>('content-hash', memory);
  const state = memory.grow(1) * WASM_PAGE;
  let words = new Uint32Array(memory.buffer, state + OUT, 2);
  const result = (): readonly [number, number] => {
    if (words.length === 0) words = new Uint32Array(memory.buffer, state + OUT, 2);
    return [words[0]!, words[1]!];
  };
  return {
    start: () => kernel.contentHashStart(state),
    update: (pointer, length) => kernel.contentHashUpdate(state, pointer, length),
    finish() {
      kernel.contentHashFinish(state, state + OUT);
      return result();
    },
    whole(pointer, length) {
      kernel.contentHashWhole(state, pointer, length, state + OUT);
      return result();
    },
  };
}

import { readFileSync } from 'node:fs';

/** All kernels, each compiled from the file of its name in `assembly`. */
export const KERNELS = [
  'anchor-search',
  'content-hash',
  'crc32',
  'crc64',
  'inflate',
  'lzma',
  'segment-rows',
  'version-key',
] as const;

const modules = new Map<string, WebAssembly.Module>();

/**
 * Instantiates a kernel on a memory. The module is compiled once per thread.
 * Throws where `npm run build:wasm` has not run.
 */
export function instantiateKernel<Exports>(kernel: (typeof KERNELS)[number], memory: WebAssembly.Memory): Exports {
  let module = modules.get(kernel);
  if (module === undefined) {
    module = new WebAssembly.Module(readFileSync(new URL(`../../build/wasm/${kernel}.wasm`, import.meta.url)));
    modules.set(kernel, module);
  }
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as Exports;
}

export const WASM_PAGE = 65_536;

/** Memory that kernels share with their callers. */
export type LinearMemory = WebAssembly.Memory;

/** A memory of at least `bytes`, growable to `maximumBytes` (4 GiB at most). */
export function createMemory(bytes: number, maximumBytes = 4 * 1024 * 1024 * 1024): WebAssembly.Memory {
  return new WebAssembly.Memory({
    initial: Math.ceil(bytes / WASM_PAGE),
    maximum: Math.floor(maximumBytes / WASM_PAGE),
  });
}

/** Grows the memory so that `bytes` fit; views taken before are dead afterwards. */
export function ensureBytes(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / WASM_PAGE));
}

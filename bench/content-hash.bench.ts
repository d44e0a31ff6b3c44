/** What WebAssembly buys for the content hash, in one run: `node bench/content-hash.bench.ts`. */
import { contentHash } from '../src/bytes/content-hash.ts';
import { createContentHasher } from '../src/wasm/content-hash.ts';
import { createMemory, WASM_PAGE } from '../src/wasm/load.ts';
import { fastest } from './measure.ts';
import { recordBench } from './record.ts';

const SIZE = 4 * 1024 * 1024;
const memory = createMemory(SIZE + 2 * WASM_PAGE);
const hasher = createContentHasher(memory);
const bytes = Uint8Array.from({ length: SIZE }, (_, at) => (at * 31) ^ (at >> 7));
new Uint8Array(memory.buffer).set(bytes, WASM_PAGE);

/** Bytes a second, from milliseconds. */
const speed = (milliseconds: number): number => (SIZE / milliseconds) * 1000;

const kernel = speed(fastest(50, () => hasher.whole(WASM_PAGE, SIZE)));
const reference = speed(fastest(3, () => contentHash(bytes)));
recordBench('content hash', {
  kernelGigabytes: kernel / 1e9,
  referenceGigabytes: reference / 1e9,
  ratio: kernel / reference,
});

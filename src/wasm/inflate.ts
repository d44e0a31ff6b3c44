import { createMemory, ensureBytes, instantiateKernel, WASM_PAGE } from './load.ts';

interface InflateExports {
  inflateRaw(packed: number, packedLength: number, plain: number, plainLength: number, scratch: number): number;
}

/** Decodes raw DEFLATE (RFC 1951) in a linear memory of its own. */
export interface Inflater {
  /**
   * The `size` bytes that `packed` decodes to, valid until the next call; undefined where the data is damaged or
   * decodes to another number of bytes.
   */
  inflate(packed: Uint8Array, size: number): Uint8Array | undefined;
}

const SCRATCH = 0;
const INPUT = WASM_PAGE;
const SLACK = 16;

/** RFC 1951 section 3.2.5 */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A decoder whose memory grows to the largest input and output it meets, up to `maximumBytes`. */
export function createInflater(maximumBytes: number): Inflater {
  const memory = createMemory(2 * WASM_PAGE, maximumBytes);
  const kernel = instantiateKernel<InflateExports>('inflate', memory);
  writeTables(memory);
  return {
    inflate(packed, size) {
      const output = align(INPUT + packed.length + SLACK);
      ensureBytes(memory, output + size + SLACK);
      new Uint8Array(memory.buffer, INPUT, packed.length).set(packed);
      const written = kernel.inflateRaw(INPUT, packed.length, output, size, SCRATCH);
      return written === size ? new Uint8Array(memory.buffer, output, size) : undefined;
    },
  };
}

/** Offsets as in assembly/inflate.ts. */
function writeTables(memory: WebAssembly.Memory): void {
  new Uint16Array(memory.buffer, SCRATCH, LENGTH_BASE.length).set(LENGTH_BASE);
  new Uint8Array(memory.buffer, SCRATCH + 64, LENGTH_EXTRA.length).set(LENGTH_EXTRA);
  new Uint16Array(memory.buffer, SCRATCH + 96, DISTANCE_BASE.length).set(DISTANCE_BASE);
  new Uint8Array(memory.buffer, SCRATCH + 160, DISTANCE_EXTRA.length).set(DISTANCE_EXTRA);
  new Uint8Array(memory.buffer, SCRATCH + 192, CODE_ORDER.length).set(CODE_ORDER);
}

function align(offset: number): number {
  return (offset + 15) & ~15;
}

import { createMemory, ensureBytes, instantiateKernel, type LinearMemory, WASM_PAGE } from './load.ts';

/** As in assembly/inflate.ts. */
export const INFLATE_STATUS = { done: 0, needsInput: 1, outputFull: 2, damaged: -1 } as const;

/** What `proceed` may write beyond its limit: a match and what its copy runs over. */
export const INFLATE_SLACK = 320;

/** The kernel with its tables in `scratch`, a page of the memory. One instance has one stream at a time. */
export class InflateKernel {
  readonly memory: LinearMemory;
  readonly #exports: InflateExports;
  readonly #scratch: number;

  constructor(memory: LinearMemory, scratch: number) {
    this.memory = memory;
    this.#exports = instantiateKernel<InflateExports>('inflate', memory);
    this.#scratch = scratch;
    writeTables(memory, scratch);
  }

  /** Forgets the last stream. */
  begin(): void {
    this.#exports.begin();
  }

  /** Goes on with the stream; returns one of INFLATE_STATUS and where input and output end now. */
  proceed(step: InflateStep): { readonly status: number; readonly inputAt: number; readonly outputEnd: number } {
    const { input, inputEnd, isLast, history, output, outputLimit } = step;
    const status = this.#exports.proceed(input, inputEnd, isLast, history, output, outputLimit, this.#scratch);
    return { status, inputAt: this.#exports.inputAt(), outputEnd: this.#exports.outputAt() };
  }
}

/** Pointers into the kernel's memory. */
export interface InflateStep {
  readonly input: number;
  readonly inputEnd: number;
  /** Whether the stream ends with this input. */
  readonly isLast: boolean;
  /** Begin of the output that matches may look back at; it ends at `output`. */
  readonly history: number;
  readonly output: number;
  /** Output goes on until it is beyond this, by less than INFLATE_SLACK. */
  readonly outputLimit: number;
}

interface InflateExports {
  begin(): void;
  inputAt(): number;
  outputAt(): number;
  proceed(
    input: number,
    inputEnd: number,
    isLast: boolean,
    history: number,
    output: number,
    outputLimit: number,
    scratch: number,
  ): number;
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

/** A decoder whose memory grows to the largest input and output it meets, up to `maximumBytes`. */
export function createInflater(maximumBytes: number): Inflater {
  const memory = createMemory(2 * WASM_PAGE, maximumBytes);
  const kernel = new InflateKernel(memory, SCRATCH);
  return {
    inflate(packed, size) {
      const inputEnd = INPUT + packed.length;
      const output = align(inputEnd);
      const limit = output + size;
      ensureBytes(memory, limit + INFLATE_SLACK);
      new Uint8Array(memory.buffer, INPUT, packed.length).set(packed);
      kernel.begin();
      const step = { input: INPUT, inputEnd, isLast: true, history: output, output, outputLimit: limit };
      const { status, outputEnd } = kernel.proceed(step);
      const isWhole = status === INFLATE_STATUS.done && outputEnd === limit;
      return isWhole ? new Uint8Array(memory.buffer, output, size) : undefined;
    },
  };
}

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

/** Offsets as in assembly/inflate/code-tables.ts. */
function writeTables(memory: LinearMemory, scratch: number): void {
  new Uint16Array(memory.buffer, scratch, LENGTH_BASE.length).set(LENGTH_BASE);
  new Uint8Array(memory.buffer, scratch + 64, LENGTH_EXTRA.length).set(LENGTH_EXTRA);
  new Uint16Array(memory.buffer, scratch + 96, DISTANCE_BASE.length).set(DISTANCE_BASE);
  new Uint8Array(memory.buffer, scratch + 160, DISTANCE_EXTRA.length).set(DISTANCE_EXTRA);
  new Uint8Array(memory.buffer, scratch + 192, CODE_ORDER.length).set(CODE_ORDER);
}

function align(offset: number): number {
  return (offset + 15) & ~15;
}

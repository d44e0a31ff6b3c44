import { createMemory, ensureBytes, instantiateKernel, WASM_PAGE } from './load.ts';

interface LzmaExports {
  lzma2(packed: number, packedLength: number, plain: number, plainLength: number, scratch: number): number;
  lzma(
    packed: number,
    packedLength: number,
    plain: number,
    plainLength: number,
    properties: number,
    scratch: number,
  ): number;
}

interface Crc64Exports {
  crc64Tables(tables: number): void;
  crc64(at: number, length: number, tables: number): bigint;
}

/** A run of bytes that holds `size` bytes from `start` on. */
export interface ByteRange {
  readonly start: number;
  readonly size: number;
}

/** Decodes LZMA and LZMA2 in a linear memory of its own. What it gives out is valid until the next `reserve`. */
export interface LzmaDecoder {
  /** Bytes of its memory, which never shrinks. */
  readonly memoryBytes: number;
  /** Makes room for packed pieces of at most `packedBytes` and for all of what they decode to. Throws RangeError above 2 GiB. */
  reserve(packedBytes: number, plainBytes: number): void;
  /** Decodes one piece of LZMA2 data to exactly the given range of the plain bytes; undefined where it is damaged. */
  lzma2(packed: Uint8Array, plain: ByteRange): Uint8Array | undefined;
  /**
   * Decodes a raw LZMA stream of these properties (a byte as its header has it) up to its end marker or to the reserved
   * size. `full` where it would write more, undefined where it is damaged.
   */
  lzma(packed: Uint8Array, properties: number): Uint8Array | 'full' | undefined;
  /** CRC-64 as .xz files have it, of a range of the plain bytes. */
  crc64(plain: ByteRange): bigint;
  /** All plain bytes that were reserved. */
  plain(): Uint8Array;
}

/** Probabilities of 16 literal coders end before the tables of the check, and these within the first page. */
const SCRATCH = 0;
const CRC_TABLES = WASM_PAGE / 2;
const INPUT = WASM_PAGE;
/** What the kernel may read behind the input. */
const SLACK = 64;
const MAXIMUM_BYTES = 2 ** 31 - WASM_PAGE;
/** As in assembly/lzma.ts. */
const OUTPUT_FULL = -2;

/** A decoder with the memory for its tables alone; `reserve` before anything else. */
export function createLzmaDecoder(): LzmaDecoder {
  const memory = createMemory(2 * WASM_PAGE, MAXIMUM_BYTES);
  const kernel = instantiateKernel<LzmaExports>('lzma', memory);
  const checks = instantiateKernel<Crc64Exports>('crc64', memory);
  checks.crc64Tables(CRC_TABLES);
  let output = INPUT;
  let room = 0;
  const view = (start: number, size: number): Uint8Array => new Uint8Array(memory.buffer, output + start, size);
  const put = (packed: Uint8Array): void => {
    if (INPUT + packed.length + SLACK > output) throw new Error('packed bytes were not reserved');
    new Uint8Array(memory.buffer, INPUT, packed.length).set(packed);
  };
  const within = ({ start, size }: ByteRange): void => {
    if (start < 0 || size < 0 || start + size > room) throw new Error('plain bytes were not reserved');
  };
  return {
    get memoryBytes() {
      return memory.buffer.byteLength;
    },
    reserve(packedBytes, plainBytes) {
      const start = INPUT + Math.ceil((packedBytes + SLACK) / 16) * 16;
      if (start + plainBytes > MAXIMUM_BYTES) throw new RangeError(`${start + plainBytes} bytes do not fit`);
      ensureBytes(memory, start + plainBytes);
      output = start;
      room = plainBytes;
    },
    lzma2(packed, plain) {
      put(packed);
      within(plain);
      const written = kernel.lzma2(INPUT, packed.length, output + plain.start, plain.size, SCRATCH);
      return written === plain.size ? view(plain.start, plain.size) : undefined;
    },
    lzma(packed, properties) {
      put(packed);
      const written = kernel.lzma(INPUT, packed.length, output, room, properties, SCRATCH);
      if (written < 0) return written === OUTPUT_FULL ? 'full' : undefined;
      return view(0, written);
    },
    crc64(plain) {
      within(plain);
      return BigInt.asUintN(64, checks.crc64(output + plain.start, plain.size, CRC_TABLES));
    },
    plain: () => view(0, room),
  };
}

import { createCrc32 } from './crc32.ts';
import { INFLATE_SLACK, INFLATE_STATUS, InflateKernel } from './inflate.ts';
import { createMemory, WASM_PAGE } from './load.ts';

/** Largest piece of input that is taken at once. */
export const PIECE_BYTES = 256 * 1024;
/** Most that may be left unread when the next piece comes. */
export const UNREAD_BYTES = 128 * 1024;
/** Largest block of output. */
const BLOCK_BYTES = 256 * 1024;
/** Farthest a match looks back (RFC 1951 section 2). */
const WINDOW_BYTES = 32 * 1024;
/** Input that was read ahead may be given back when a stream ends. */
const READ_AHEAD_BYTES = 8;

const SCRATCH = 0;
const INPUT = WASM_PAGE + READ_AHEAD_BYTES;
const OUTPUT = INPUT + UNREAD_BYTES + PIECE_BYTES + WINDOW_BYTES;
const BYTES = OUTPUT + BLOCK_BYTES + INFLATE_SLACK;

export type StreamState = 'needs input' | 'more' | 'done' | 'damaged';

/**
 * Decodes one stream of raw DEFLATE (RFC 1951) after the other from an input that comes in pieces and may hold other bytes
 * between the streams. Works in a linear memory of its own of fixed size.
 */
export class StreamInflater {
  readonly #memory = createMemory(BYTES, BYTES + WASM_PAGE);
  readonly #bytes = new Uint8Array(this.#memory.buffer);
  readonly #kernel = new InflateKernel(this.#memory, SCRATCH);
  /** CRC-32 of a block, from that of the blocks before it, 0 at first. */
  readonly crc32 = createCrc32(this.#memory);
  #at = INPUT;
  #end = INPUT;
  #outputEnd = OUTPUT;
  /** Bytes of the stream before `OUTPUT` that matches may look back at. */
  #history = 0;

  /** Input that was not read yet; valid until the next call. */
  get unread(): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#end);
  }

  /** Forgets all input. */
  clear(): void {
    this.#at = INPUT;
    this.#end = INPUT;
  }

  /** Adds at most PIECE_BYTES to the input; at most UNREAD_BYTES may be unread. */
  add(piece: Uint8Array): void {
    this.#bytes.copyWithin(INPUT - READ_AHEAD_BYTES, this.#at - READ_AHEAD_BYTES, this.#end);
    this.#end -= this.#at - INPUT;
    this.#at = INPUT;
    if (this.#end - INPUT > UNREAD_BYTES || piece.length > PIECE_BYTES)
      throw new Error('more input than there is room for');
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** Passes over bytes of the input. */
  skip(count: number): void {
    this.#at += count;
  }

  /** Begins a stream at the next unread byte. */
  begin(): void {
    this.#kernel.begin();
    this.#outputEnd = OUTPUT;
    this.#history = 0;
  }

  /**
   * The next bytes of the stream, valid until the next call, and how it goes on: without more input, with it, or not at all.
   * `isLast` where no more input will come.
   */
  next(isLast: boolean): { readonly state: StreamState; readonly block: Uint8Array } {
    if (this.#outputEnd > OUTPUT) {
      this.#bytes.copyWithin(OUTPUT - WINDOW_BYTES, this.#outputEnd - WINDOW_BYTES, this.#outputEnd);
      this.#history = Math.min(WINDOW_BYTES, this.#history + this.#outputEnd - OUTPUT);
    }
    const { status, inputAt, outputEnd } = this.#kernel.proceed({
      input: this.#at,
      inputEnd: this.#end,
      isLast,
      history: OUTPUT - this.#history,
      output: OUTPUT,
      outputLimit: OUTPUT + BLOCK_BYTES - INFLATE_SLACK,
    });
    this.#at = inputAt;
    this.#outputEnd = outputEnd;
    return { state: STATES.get(status) ?? 'damaged', block: this.#bytes.subarray(OUTPUT, outputEnd) };
  }
}

const STATES: ReadonlyMap<number, StreamState> = new Map([
  [INFLATE_STATUS.done, 'done'],
  [INFLATE_STATUS.needsInput, 'needs input'],
  [INFLATE_STATUS.outputFull, 'more'],
]);

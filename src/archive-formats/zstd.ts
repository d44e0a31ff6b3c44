import { constants, createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { Limits } from '../limits.ts';
import { DECODER_CHUNK, DecompressionError, throughDecoder } from './decoder.ts';
import { BlockScanner, type FrameHeader, readFrameHeader } from './zstd-frame.ts';

export interface ZstdOptions {
  readonly limits: Limits;
}

/**
 * All frames of a zstd stream. Node's decoder stops without a word after the first frame, so frames are told apart
 * here and each gets a decoder of its own; skippable frames are passed over.
 */
export async function* decompressZstd(
  input: AsyncIterable<Uint8Array>,
  options: ZstdOptions,
): AsyncGenerator<Uint8Array> {
  const reader = new FrameReader(input);
  for (let hollow = 0; hollow <= MAX_HOLLOW_FRAMES; ) {
    const header = await reader.nextFrame();
    if (header === undefined) return;
    let size = 0;
    if (header.skippable) await reader.skip(header);
    else {
      if (header.windowSize > options.limits.zstdWindowBytes) throw new WindowTooLarge(header.windowSize);
      for await (const chunk of decodeFrame(reader, header)) {
        size += chunk.length;
        yield chunk;
      }
    }
    if (size === 0) hollow += 1;
  }
  throw new DecompressionError(`more than ${MAX_HOLLOW_FRAMES} zstd frames hold nothing`);
}

/** Skippable frames and those without content cost up to a third of a millisecond each; writers make a few. */
const MAX_HOLLOW_FRAMES = 50_000;

/** A frame asks for more memory than the limit allows. */
export class WindowTooLarge extends Error {
  override readonly name = 'WindowTooLarge';
  readonly bytes: number;

  constructor(bytes: number) {
    super(`a zstd frame asks for a window of ${bytes} bytes`);
    this.bytes = bytes;
  }
}

/** Frames up to this size are decoded in one call: a decoder object per frame costs more than the frame. */
const WHOLE_FRAME_BYTES = 256 * 1024;
const WHOLE_FRAME_OUTPUT = 4 * 1024 * 1024;

async function* decodeFrame(reader: FrameReader, header: FrameHeader): AsyncGenerator<Uint8Array> {
  const small = header.contentSize !== undefined && header.contentSize <= WHOLE_FRAME_OUTPUT;
  const held: Uint8Array[] = [];
  let size = 0;
  const pieces = reader.frame(header);
  if (small) {
    for (;;) {
      const { value, done } = await pieces.next();
      if (done === true) return yield decodeWhole(Buffer.concat(held));
      held.push(value);
      size += value.length;
      if (size > WHOLE_FRAME_BYTES) break;
    }
  }
  const decoder = createZstdDecompress({ chunkSize: DECODER_CHUNK, params: WINDOW });
  yield* throughDecoder(
    decoder,
    (async function* () {
      yield* held;
      yield* pieces;
    })(),
  );
}

const WINDOW = { [constants.ZSTD_d_windowLogMax]: 31 };

function decodeWhole(frame: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: WHOLE_FRAME_OUTPUT, params: WINDOW });
  } catch (cause) {
    throw new DecompressionError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Cuts a stream into frames; holds one chunk. */
class FrameReader {
  readonly #input: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input[Symbol.asyncIterator]();
  }

  /** The next frame's header, not consumed; undefined at the end of the input. */
  async nextFrame(): Promise<FrameHeader | undefined> {
    for (;;) {
      const header = readFrameHeader(this.#chunk);
      if (header === 'bad') throw new DecompressionError('bytes that are no zstd frame');
      if (header !== 'short') return header;
      if (await this.#more()) continue;
      if (this.#chunk.length === 0) return undefined;
      throw new DecompressionError('the last zstd frame is cut off');
    }
  }

  async skip(header: FrameHeader): Promise<void> {
    await this.#take(header.headerSize);
    for (let left = header.contentSize ?? 0; left > 0; ) {
      if (this.#chunk.length === 0 && !(await this.#more())) throw new DecompressionError('a zstd frame is cut off');
      const passed = Math.min(left, this.#chunk.length);
      this.#chunk = this.#chunk.subarray(passed);
      left -= passed;
    }
  }

  /** All bytes of a frame, header and checksum included. */
  async *frame(header: FrameHeader): AsyncGenerator<Uint8Array> {
    yield await this.#take(header.headerSize);
    const blocks = new BlockScanner(header.hasChecksum);
    while (!blocks.done) {
      if (this.#chunk.length === 0 && !(await this.#more())) throw new DecompressionError('a zstd frame is cut off');
      const end = blocks.scan(this.#chunk);
      yield this.#chunk.subarray(0, end);
      this.#chunk = this.#chunk.subarray(end);
    }
  }

  async #take(count: number): Promise<Uint8Array> {
    while (this.#chunk.length < count) {
      if (!(await this.#more())) throw new DecompressionError('a zstd frame is cut off');
    }
    const taken = this.#chunk.subarray(0, count);
    this.#chunk = this.#chunk.subarray(count);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#input.next();
    if (done === true) return false;
    this.#chunk = this.#chunk.length === 0 ? value : Buffer.concat([this.#chunk, value]);
    return true;
  }
}

import { crc32 } from 'node:zlib';
import { PIECE_BYTES, StreamInflater, UNREAD_BYTES } from '../wasm/stream-inflater.ts';
import { DecompressionError, type OnDecoded } from './decoder.ts';
import { gzipHeaderEnd, gzipTrailer, TRAILER_BYTES } from './gzip-header.ts';

/** Decoders that no stream uses at the moment. */
const idle: StreamInflater[] = [];

/**
 * All members of a gzip stream (RFC 1952), decoded on the calling thread. A chunk is valid until the next is asked for. Zeros
 * behind a member are padding. Throws DecompressionError.
 */
export async function* gunzipHere(
  input: AsyncIterable<Uint8Array>,
  onDecoded: OnDecoded = () => undefined,
): AsyncGenerator<Uint8Array> {
  const inflater = idle.pop() ?? new StreamInflater();
  inflater.clear();
  const source = new Source(input, inflater, onDecoded);
  try {
    do yield* member(source, inflater);
    while (await hasMember(source, inflater));
  } finally {
    await source.settled();
    idle.push(inflater);
  }
}

async function* member(source: Source, inflater: StreamInflater): AsyncGenerator<Uint8Array> {
  let start = gzipHeaderEnd(inflater.unread);
  while (start === 'short') {
    await source.more();
    start = gzipHeaderEnd(inflater.unread);
  }
  if (start === 'bad') throw new DecompressionError('bytes that are no gzip member');
  inflater.skip(start);
  inflater.begin();
  let [crc, size] = [0, 0];
  for (;;) {
    const { state, block } = inflater.next(source.ended);
    if (block.length > 0) {
      crc = crc32(block, crc);
      size += block.length;
      yield block;
    }
    if (state === 'damaged') throw new DecompressionError(source.ended ? CUT_OFF : 'a damaged gzip member');
    if (state === 'done') break;
    if (state === 'needs input') await source.advance();
  }
  while (inflater.unread.length < TRAILER_BYTES) await source.more();
  const told = gzipTrailer(inflater.unread, 0);
  inflater.skip(TRAILER_BYTES);
  if (told.crc !== crc || told.size !== size % 2 ** 32)
    throw new DecompressionError('a gzip member with a wrong checksum');
}

async function hasMember(source: Source, inflater: StreamInflater): Promise<boolean> {
  while (inflater.unread.length === 0 && !source.ended) await source.advance();
  return (inflater.unread[0] ?? 0) !== 0;
}

const CUT_OFF = 'the gzip stream is cut off';

/** Brings pieces of the input to the decoder; the next one is read while the last one is decoded. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #inflater: StreamInflater;
  readonly #onDecoded: OnDecoded;
  #ahead: Promise<IteratorResult<Uint8Array>>;
  /** What is left of the last chunk. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Whether all input is with the decoder. */
  ended = false;

  constructor(input: AsyncIterable<Uint8Array>, inflater: StreamInflater, onDecoded: OnDecoded) {
    this.#chunks = input[Symbol.asyncIterator]();
    this.#inflater = inflater;
    this.#onDecoded = onDecoded;
    this.#ahead = this.#ask();
  }

  #ask(): Promise<IteratorResult<Uint8Array>> {
    const answer = this.#chunks.next();
    answer.catch(() => undefined); // heard when its turn comes
    return answer;
  }

  /** Adds the next piece, where there is one. */
  async advance(): Promise<void> {
    if (this.#inflater.unread.length > UNREAD_BYTES)
      throw new DecompressionError('a gzip header of unreasonable length');
    if (this.#rest.length === 0) {
      const { value, done } = await this.#ahead;
      if (done === true) {
        this.ended = true;
        return;
      }
      this.#rest = value;
      this.#ahead = this.#ask();
    }
    const piece = this.#rest.subarray(0, PIECE_BYTES);
    this.#inflater.add(piece);
    const last = this.#rest;
    this.#rest = this.#rest.subarray(piece.length);
    if (this.#rest.length === 0) this.#onDecoded(last);
  }

  /** Adds the next piece. Throws DecompressionError where there is none. */
  async more(): Promise<void> {
    await this.advance();
    if (this.ended) throw new DecompressionError(CUT_OFF);
  }

  /** Nothing of the input is on its way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#ahead]);
  }
}

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
  const members = new Members(inflater);
  try {
    for (let step = members.next(false); step !== 'end'; step = members.next(source.ended)) {
      if (step === 'needs input') await source.advance();
      else yield step;
    }
  } finally {
    await source.settled();
    idle.push(inflater);
  }
}

/** Walks the members without waiting: a stream may have one for every twenty bytes. */
class Members {
  readonly #inflater: StreamInflater;
  #place: 'first header' | 'header' | 'data' | 'trailer' = 'first header';
  #crc = 0;
  #size = 0;

  constructor(inflater: StreamInflater) {
    this.#inflater = inflater;
  }

  /** The next bytes, not empty; `ended` where no more input will come, which is then not asked for. */
  next(ended: boolean): Uint8Array | 'needs input' | 'end' {
    for (;;) {
      const step = this.#step(ended);
      if (step === 'needs input' && ended) throw new DecompressionError(CUT_OFF);
      if (step !== undefined) return step;
    }
  }

  #step(ended: boolean): Uint8Array | 'needs input' | 'end' | undefined {
    switch (this.#place) {
      case 'first header':
        return this.#header();
      case 'header':
        if (this.#inflater.unread.length === 0) return ended ? 'end' : 'needs input';
        return this.#inflater.unread[0] === 0 ? 'end' : this.#header();
      case 'data':
        return this.#data(ended);
      case 'trailer':
        return this.#trailer();
    }
  }

  #header(): 'needs input' | undefined {
    const end = gzipHeaderEnd(this.#inflater.unread);
    if (end === 'short') return 'needs input';
    if (end === 'bad') throw new DecompressionError('bytes that are no gzip member');
    this.#inflater.skip(end);
    this.#inflater.begin();
    this.#crc = 0;
    this.#size = 0;
    this.#place = 'data';
    return undefined;
  }

  #data(ended: boolean): Uint8Array | 'needs input' | undefined {
    const { state, block } = this.#inflater.next(ended);
    if (state === 'damaged') throw new DecompressionError(ended ? CUT_OFF : 'a damaged gzip member');
    if (state === 'done') this.#place = 'trailer';
    if (block.length === 0) return state === 'needs input' ? state : undefined;
    this.#crc = this.#inflater.crc32(block, this.#crc);
    this.#size += block.length;
    return block;
  }

  #trailer(): 'needs input' | undefined {
    const { unread } = this.#inflater;
    if (unread.length < TRAILER_BYTES) return 'needs input';
    const { crc, size } = gzipTrailer(unread, 0);
    if (crc !== this.#crc || size !== this.#size % 2 ** 32)
      throw new DecompressionError('a gzip member with a wrong checksum');
    this.#inflater.skip(TRAILER_BYTES);
    this.#place = 'header';
    return undefined;
  }
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

  /** Nothing of the input is on its way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#ahead]);
  }
}

import { createLzmaDecoder, type LzmaDecoder } from '../wasm/lzma.ts';

/** Memory up to which a decoder is kept for the next file; a larger one costs more to keep than to make again. */
const KEPT_BYTES = 32 * 1024 * 1024;

/** Decoders that nobody uses at the moment; archives within archives need one each. */
const idle: LzmaDecoder[] = [];

/** A decoder for one file that is open; give it back when its content is done. */
export function borrowLzmaDecoder(): LzmaDecoder {
  return idle.pop() ?? createLzmaDecoder();
}

export function returnLzmaDecoder(decoder: LzmaDecoder): void {
  if (decoder.memoryBytes <= KEPT_BYTES) idle.push(decoder);
}

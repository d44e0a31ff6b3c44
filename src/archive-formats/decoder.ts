import type { Transform } from 'node:stream';
import type { Zlib } from 'node:zlib';

/** The stored bytes cannot be decompressed. */
export class DecompressionError extends Error {
  override readonly name = 'DecompressionError';
}

/** Data that may well be sound, of a kind that is not unpacked here; the message says which. */
export class UnsupportedDataError extends Error {
  override readonly name = 'UnsupportedDataError';
}

/** Output chunk of the decoders: larger ones are no faster and cost memory, 64 KiB costs 6 %. */
export const DECODER_CHUNK = 256 * 1024;

/** Told of every chunk of the input that was decoded to its end: its memory is the caller's again. */
export type OnDecoded = (chunk: Uint8Array) => void;

/**
 * Runs a decoder over the input, of which it reads one chunk ahead; its complaints become DecompressionError, those of
 * the input stay what they are. Nothing of the input is on its way any more when the generator ends.
 */
export async function* throughDecoder(
  decoder: Transform & Zlib,
  input: AsyncIterable<Uint8Array>,
  onDecoded: OnDecoded = () => undefined,
): AsyncGenerator<Uint8Array> {
  const chunks = input[Symbol.asyncIterator]();
  let ahead = chunks.next();
  let inputError: unknown;
  let fed = 0;
  const feed = async (): Promise<void> => {
    for (;;) {
      const { value, done } = await ahead;
      if (decoder.destroyed) return;
      if (done === true) break;
      ahead = chunks.next();
      ahead.catch(() => undefined); // heard when its turn comes
      fed += value.length;
      await written(decoder, value);
      onDecoded(value);
      // what it leaves lies behind the stream: more would be decoded as another one, when nobody may listen any more
      if (decoder.bytesWritten < fed) break;
    }
    decoder.end();
  };
  feed().catch((error: unknown) => {
    inputError = error;
    decoder.destroy(error instanceof Error ? error : undefined);
  });
  try {
    for await (const chunk of decoder) yield chunk;
  } catch (cause) {
    if (inputError !== undefined) throw inputError;
    throw new DecompressionError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    await Promise.allSettled([ahead]);
  }
}

/** Settles once the chunk is decoded; what the decoder finds wrong with it, its reader hears. */
async function written(decoder: Transform, chunk: Uint8Array): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  decoder.write(chunk, () => resolve());
  await promise;
}

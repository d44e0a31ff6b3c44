import { pipeline, Readable, type Transform } from 'node:stream';

/** The stored bytes cannot be decompressed. */
export class DecompressionError extends Error {
  override readonly name = 'DecompressionError';
}

/** Output chunk of the decoders: larger ones are no faster and cost memory, 64 KiB costs 6 %. */
export const DECODER_CHUNK = 256 * 1024;

/** Input chunks read before the decoder asks for them. */
const READ_AHEAD = 2;

/** Runs a decoder over the input; its complaints become DecompressionError, those of the input stay what they are. */
export async function* throughDecoder(
  decoder: Transform,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let inputError: unknown;
  const source = Readable.from(
    (async function* () {
      try {
        yield* input;
      } catch (error) {
        inputError = error;
        throw error;
      }
    })(),
    { highWaterMark: READ_AHEAD },
  );
  pipeline(source, decoder, () => {
    // errors reach the reader below through the destroyed decoder
  });
  try {
    for await (const chunk of decoder) yield chunk;
  } catch (cause) {
    if (inputError !== undefined) throw inputError;
    throw new DecompressionError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

import type { Readable } from 'node:stream';
import { COMPRESSION_MAGIC_BYTES, decompress, sniffCompression } from '../archive-formats/compression.ts';
import { DecompressionError } from '../archive-formats/decoder.ts';
import { startsAsTar, TAR_BLOCK } from '../archive-formats/tar-header.ts';
import { aboutFile, PlimsollError, systemErrorCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { openArchive } from './archive-files.ts';
import type { ImageFiles } from './image-files.ts';
import { spool } from './spool.ts';
import { unreadable } from './unreadable.ts';

/** Input that cannot be read by offset goes to a private temporary file, uncompressed. */
export async function spoolArchive(input: Readable, location: string, limits: Limits): Promise<ImageFiles> {
  // its reader hears of it, but may come later than the failure
  input.on('error', () => undefined);
  const bytes = untilNoTar(plain(input, location, limits));
  const { file, close } = await spool(bytes, limits.layerBytes).catch((error: unknown) => {
    throw aboutFile(error, location);
  });
  try {
    return openArchive(file, { limits, location, onClose: close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The uncompressed bytes of a whole input, within the limits for compression bombs. */
async function* plain(input: Readable, location: string, limits: Limits): AsyncGenerator<Uint8Array> {
  let stored = 0;
  let unpacked = 0;
  const source = (async function* () {
    for await (const chunk of readable(input, location)) {
      stored += chunk.length;
      yield chunk;
    }
  })();
  let head: Uint8Array = new Uint8Array(0);
  // a pipe may give a byte at a time
  while (head.length < COMPRESSION_MAGIC_BYTES) {
    const next = await source.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const all = (async function* () {
    yield head;
    yield* source;
  })();
  try {
    for await (const chunk of decompress(sniffCompression(head), all, { limits })) {
      unpacked += chunk.length;
      if (unpacked > limits.ratioFloorBytes && unpacked > stored * limits.compressionRatio) {
        throw new PlimsollError(
          'PLM_LIMIT',
          `the input unpacks to more than ${limits.compressionRatio} times its size`,
          { path: location },
        );
      }
      yield chunk;
    }
  } catch (cause) {
    if (!(cause instanceof DecompressionError)) throw cause;
    throw new PlimsollError('PLM_INPUT_TRUNCATED', `the input cannot be decompressed: ${cause.message}`, {
      path: location,
      hint: 'copy or export it again',
      cause,
    });
  }
}

/** What the stream yields; a failure of the system is one of the input. */
async function* readable(input: Readable, location: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of input) {
      if (!(chunk instanceof Uint8Array)) throw new Error('the input stream yields text');
      yield chunk;
    }
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : unreadable(location, error);
  }
}

/** The bytes, no more than their beginning where they do not begin as a tar: a stream of anything else may have no end. */
async function* untilNoTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const isStart = start.length < TAR_BLOCK;
    if (isStart) start = Buffer.concat([start, chunk.subarray(0, TAR_BLOCK - start.length)]);
    yield chunk;
    if (isStart && start.length === TAR_BLOCK && !startsAsTar(start)) return;
  }
}

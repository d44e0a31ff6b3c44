import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { DECODER_CHUNK } from '../archive-formats/decoder.ts';
import { PlimsollError } from '../errors.ts';
import type { LayerSource } from '../image/opened-image.ts';
import { algorithmOf } from '../model/digest.ts';

/** As the decoders': a chunk of this size is a buffer of its own. */
const READ_CHUNK = DECODER_CHUNK;
/** Enough for the footers that tell indexed layers. */
const TAIL_BYTES = 64;

/** The stored bytes of a layer, read by offset and hashed on the way. */
export class LayerStream {
  readonly #source: LayerSource;
  readonly #hash: Hash;
  readonly #onProgress: ((bytes: number) => void) | undefined;
  #handle: FileHandle | undefined;
  #read = 0;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(source: LayerSource, onProgress?: (bytes: number) => void) {
    this.#source = source;
    this.#hash = createHash(algorithmOf(source.digest));
    this.#onProgress = onProgress;
  }

  /** Bytes read so far. */
  get bytesRead(): number {
    return this.#read;
  }

  /** The bytes that are still to come. Every chunk is a buffer of its own. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
  }

  /** The next chunk, undefined at the end. Throws PLM_INPUT_TRUNCATED where the file is shorter than the layer. */
  async next(): Promise<Uint8Array | undefined> {
    const { file, offset, size } = this.#source;
    const wanted = Math.min(READ_CHUNK, size - this.#read);
    if (wanted === 0) return undefined;
    this.#handle ??= await openFile(file);
    const buffer = Buffer.allocUnsafeSlow(wanted);
    const { bytesRead } = await this.#handle.read(buffer, 0, wanted, offset + this.#read);
    if (bytesRead === 0) throw new PlimsollError('PLM_INPUT_TRUNCATED', 'the file ends inside a layer', { path: file });
    const chunk = buffer.subarray(0, bytesRead);
    this.#read += bytesRead;
    // a copy: readers may give the memory of a chunk back
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    this.#hash.update(chunk);
    this.#onProgress?.(bytesRead);
    return chunk;
  }

  /** The last bytes of what was read so far. */
  get tail(): Uint8Array {
    return this.#tail;
  }

  /** Reads what is left and returns the hash of all stored bytes in hex, by the algorithm of the expected digest. */
  async digest(): Promise<string> {
    while ((await this.next()) !== undefined);
    return this.#hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw new PlimsollError('PLM_INPUT_UNREADABLE', 'the file that holds a layer cannot be opened', { path, cause });
  }
}

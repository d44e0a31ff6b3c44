import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { decompress, sniffCompression } from '../archive-formats/compression.ts';
import type { TarEntry } from '../archive-formats/tar-entry.ts';
import { locateRuns, type TarSparse } from '../archive-formats/tar-sparse.ts';
import { type TarSink, TarWalker } from '../archive-formats/tar-walker.ts';
import { PlimsollError } from '../errors.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { Limits } from '../limits.ts';
import { entryPath, type LayerIndex } from './layer-index.ts';
import { LayerStream } from './layer-stream.ts';

/**
 * The content of one regular file of a layer that was indexed before: the layer is read again up to the end of the file.
 * The holes of a sparse file come as zeros. Throws PLM_LIMIT where a sparse file is larger than
 * the limits allow, PLM_LAYER_DAMAGED where its map contradicts itself.
 */
export async function* readContent(
  source: LayerSource,
  layer: LayerIndex,
  place: { readonly entry: number; readonly limits: Limits },
): AsyncGenerator<Uint8Array> {
  const { entry, limits } = place;
  if (source.kind === 'directory') {
    yield* createReadStream(hostPath(source, entryPath(layer.entries, entry)));
    return;
  }
  const file = new FileInTar(layer.entries.contentOffset[entry] ?? 0);
  const walker = new TarWalker(limits, file);
  const stream = new LayerStream(source);
  try {
    const first = (await stream.next()) ?? new Uint8Array(0);
    const input = (async function* () {
      yield first;
      yield* stream.chunks();
    })();
    for await (const chunk of decompress(sniffCompression(first), input, { limits })) {
      file.begin(chunk);
      walker.push(chunk);
      if (file.sparse === undefined) yield* file.take();
      else if (file.storedBytes > limits.capturedFileBytes) throw tooLarge('stores more bytes than may be held');
      if (file.isRead) break;
    }
    if (file.sparse !== undefined) yield* spread(file.sparse, Buffer.concat(file.take()), limits);
  } finally {
    await stream.close();
  }
}

/** Takes the pieces of the file whose content begins at an offset of the tar. */
class FileInTar implements TarSink {
  readonly #contentOffset: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkStart = 0;
  #isOpen = false;
  #pieces: Uint8Array[] = [];
  storedBytes = 0;
  sparse: TarSparse | undefined;
  isRead = false;

  constructor(contentOffset: number) {
    this.#contentOffset = contentOffset;
  }

  begin(chunk: Uint8Array): void {
    this.#chunkStart += this.#chunk.length;
    this.#chunk = chunk;
  }

  /** The pieces since the last call. */
  take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  entry(entry: TarEntry, contentAt: number): void {
    this.#isOpen = !this.isRead && this.#chunkStart + contentAt === this.#contentOffset && entry.kind === 'file';
    if (!this.#isOpen) return;
    this.sparse = entry.sparse;
    this.isRead = entry.size === 0;
  }

  content(start: number, end: number, _offset: number, last: boolean): void {
    if (!this.#isOpen) return;
    this.#pieces.push(this.#chunk.subarray(start, end));
    this.storedBytes += end - start;
    this.isRead = last;
  }

  header(): void {
    // what stands in headers is no content
  }

  problem(): void {
    // told when the layer was indexed
  }
}

const ZEROS = new Uint8Array(64 * 1024);

/** The real content of a sparse file, piece by piece: it may be far larger than memory. */
function* spread(sparse: TarSparse, stored: Uint8Array, limits: Limits): Generator<Uint8Array> {
  const runs = locateRuns(sparse, stored)?.toSorted((left, right) => left.offset - right.offset);
  if (runs === undefined) {
    throw new PlimsollError('PLM_LAYER_DAMAGED', 'the map of a sparse file contradicts itself', {
      hint: 'the file cannot be put together; no runtime could unpack it either',
    });
  }
  if (sparse.realSize > limits.layerBytes) throw tooLarge(`is ${sparse.realSize} bytes with its holes`);
  let at = 0;
  for (const { offset, bytes } of runs) {
    yield* zeros(offset - at);
    yield bytes.subarray(Math.max(0, at - offset));
    at = Math.max(at, offset + bytes.length);
  }
  yield* zeros(sparse.realSize - at);
}

function* zeros(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

function tooLarge(what: string): PlimsollError {
  return new PlimsollError('PLM_LIMIT', `a sparse file ${what}`, {
    hint: 'raise --limit layerBytes=N and capturedFileBytes=N where the image is trusted',
  });
}

/** `dir:` may also name a single file. */
function hostPath(source: LayerSource, path: string): string {
  return statSync(source.file).isFile() ? source.file : join(source.file, path);
}

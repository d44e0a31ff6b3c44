import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { decompress, sniffCompression } from '../archive-formats/compression.ts';
import type { TarEntry } from '../archive-formats/tar-entry.ts';
import { type LocatedRun, locateRuns, type TarSparse } from '../archive-formats/tar-sparse.ts';
import { type TarSink, TarWalker } from '../archive-formats/tar-walker.ts';
import { PlimsollError, systemErrorCode } from '../errors.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { Limits } from '../limits.ts';
import { entryPath, type LayerIndex } from './layer-index.ts';
import { LayerStream } from './layer-stream.ts';

/** A piece of the content of a regular file. */
export interface ContentPiece {
  /** Row of the file in the layer's entry table. */
  readonly entry: number;
  /** Valid until the next piece is asked for. */
  readonly bytes: Uint8Array;
  /** True for the piece that ends the file. */
  readonly isLast: boolean;
}

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
  for await (const { bytes } of readContents(source, layer, { entries: [place.entry], limits: place.limits }))
    yield bytes;
}

export interface ReadContentsOptions {
  /** Rows of regular files. */
  readonly entries: readonly number[];
  readonly limits: Limits;
  /** Passes over a file that cannot be read, pieces of it may have been given, instead of throwing. */
  readonly onUnreadable?: (error: PlimsollError) => void;
  /** What sparse files of this and other readings may still have with their holes: an archive of a page can state terabytes. */
  readonly holes?: { bytes: number };
}

/**
 * As readContent for several files: the layer is read once, and files come in the order it stores them, those of a folder
 * in the order they are asked for. Throws PLM_INPUT_UNREADABLE where the files of a folder changed since.
 */
export async function* readContents(
  source: LayerSource,
  layer: LayerIndex,
  { entries, limits, onUnreadable = raise, holes = { bytes: limits.layerBytes } }: ReadContentsOptions,
): AsyncGenerator<ContentPiece> {
  if (source.kind === 'directory') {
    for (const entry of entries)
      yield* hostContent(hostPath(source, entryPath(layer.entries, entry)), { entry, onUnreadable });
    return;
  }
  const { contentOffset } = layer.entries;
  const inOrder = Uint32Array.from(entries).sort(
    (one, other) => (contentOffset[one] ?? 0) - (contentOffset[other] ?? 0),
  );
  const files = new FilesInTar({ entries: inOrder, contentOffset }, limits);
  const walker = new TarWalker(limits, files);
  const stream = new LayerStream(source);
  try {
    const first = (await stream.next()) ?? new Uint8Array(0);
    const input = (async function* () {
      yield first;
      yield* stream.chunks();
    })();
    for await (const chunk of decompress(sniffCompression(first), input, { limits })) {
      files.begin(chunk);
      walker.push(chunk);
      for (const part of files.take()) {
        if (part instanceof PlimsollError) onUnreadable(part);
        else if ('sparse' in part) yield* sparseContent(part, { onUnreadable, holes });
        else yield part;
      }
      if (files.isDone) return;
    }
  } finally {
    await stream.close();
  }
}

function raise(error: PlimsollError): never {
  throw error;
}

async function* hostContent(
  path: string,
  { entry, onUnreadable }: { readonly entry: number; readonly onUnreadable: (error: PlimsollError) => void },
): AsyncGenerator<ContentPiece> {
  try {
    for await (const bytes of createReadStream(path)) yield { entry, bytes, isLast: false };
  } catch (cause) {
    if (systemErrorCode(cause) === undefined) throw cause;
    onUnreadable(new PlimsollError('PLM_INPUT_UNREADABLE', 'a file of the folder cannot be read', { path, cause }));
    return;
  }
  yield { entry, bytes: NOTHING, isLast: true };
}

function* sparseContent(
  { entry, sparse, stored }: SparseContent,
  { onUnreadable, holes }: Required<Pick<ReadContentsOptions, 'onUnreadable' | 'holes'>>,
): Generator<ContentPiece> {
  const runs = locateRuns(sparse, stored)?.toSorted((left, right) => left.offset - right.offset);
  if (runs === undefined) onUnreadable(contradictory());
  else if (sparse.realSize > holes.bytes) onUnreadable(tooLarge(`is ${sparse.realSize} bytes with its holes`));
  else {
    holes.bytes -= sparse.realSize;
    for (const bytes of spread(runs, sparse.realSize)) yield { entry, bytes, isLast: false };
    yield { entry, bytes: NOTHING, isLast: true };
  }
}

const NOTHING = new Uint8Array(0);

/** A sparse file, whose stored bytes were all read. */
interface SparseContent {
  readonly entry: number;
  readonly sparse: TarSparse;
  readonly stored: Uint8Array;
}

/** What was read of a file, or why it cannot be. */
type FilePart = ContentPiece | SparseContent | PlimsollError;

/** Files of a tar by rows of its table, in the order it stores them. */
interface WantedFiles {
  readonly entries: Uint32Array;
  readonly contentOffset: Float64Array;
}

/** Takes the pieces of the files that are wanted. */
class FilesInTar implements TarSink {
  readonly #wanted: WantedFiles;
  /** Position of the next one. */
  #next = 0;
  readonly #limits: Limits;
  #chunk: Uint8Array = NOTHING;
  #chunkStart = 0;
  #open: { readonly entry: number; readonly sparse: TarSparse | undefined; readonly stored: Uint8Array[] } | undefined;
  #storedBytes = 0;
  #parts: FilePart[] = [];

  constructor(wanted: WantedFiles, limits: Limits) {
    this.#wanted = wanted;
    this.#limits = limits;
  }

  get isDone(): boolean {
    return this.#next === this.#wanted.entries.length && this.#open === undefined;
  }

  begin(chunk: Uint8Array): void {
    this.#chunkStart += this.#chunk.length;
    this.#chunk = chunk;
  }

  /** What was read since the last call. */
  take(): readonly FilePart[] {
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  entry({ kind, size, sparse }: TarEntry, contentAt: number): void {
    this.#open = undefined;
    const entry = this.#wantedAt(this.#chunkStart + contentAt);
    if (entry === undefined || kind !== 'file') return;
    if (size > 0) this.#open = { entry, sparse, stored: [] };
    else if (sparse === undefined) this.#parts.push({ entry, bytes: NOTHING, isLast: true });
    else this.#parts.push({ entry, sparse, stored: NOTHING });
    this.#storedBytes = 0;
  }

  /** The wanted file whose content begins at an offset of the tar; those before it are not met any more. */
  #wantedAt(offset: number): number | undefined {
    const { entries, contentOffset } = this.#wanted;
    for (; this.#next < entries.length; this.#next += 1) {
      const entry = entries[this.#next] ?? 0;
      const begins = contentOffset[entry] ?? 0;
      if (begins > offset) return undefined;
      if (begins < offset) continue;
      this.#next += 1;
      return entry;
    }
    return undefined;
  }

  content(start: number, end: number, _offset: number, last: boolean): void {
    if (this.#open === undefined) return;
    const { entry, sparse, stored } = this.#open;
    const bytes = this.#chunk.subarray(start, end);
    if (sparse === undefined) this.#parts.push({ entry, bytes, isLast: last });
    else {
      this.#storedBytes += bytes.length;
      if (this.#storedBytes > this.#limits.capturedFileBytes) {
        this.#parts.push(tooLarge('stores more bytes than may be held'));
        this.#open = undefined;
        return;
      }
      // a copy: the decoder fills the memory of a chunk again
      stored.push(Uint8Array.from(bytes));
      if (last) this.#parts.push({ entry, sparse, stored: Buffer.concat(stored) });
    }
    if (last) this.#open = undefined;
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
function* spread(runs: readonly LocatedRun[], realSize: number): Generator<Uint8Array> {
  let at = 0;
  for (const { offset, bytes } of runs) {
    yield* zeros(offset - at);
    yield bytes.subarray(Math.max(0, at - offset));
    at = Math.max(at, offset + bytes.length);
  }
  yield* zeros(realSize - at);
}

function* zeros(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

function contradictory(): PlimsollError {
  return new PlimsollError('PLM_LAYER_DAMAGED', 'the map of a sparse file contradicts itself', {
    hint: 'the file cannot be put together; no runtime could unpack it either',
  });
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

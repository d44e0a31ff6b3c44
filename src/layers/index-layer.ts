import { createHash, type Hash, hash } from 'node:crypto';
import { type Compression, decompress, sniffCompression } from '../archive-formats/compression.ts';
import { DECODER_CHUNK, DecompressionError } from '../archive-formats/decoder.ts';
import { TarError } from '../archive-formats/tar-header.ts';
import { WindowTooLarge } from '../archive-formats/zstd.ts';
import { PlimsollError } from '../errors.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { LimitName, Limits } from '../limits.ts';
import { algorithmOf, type Digest, digestOf } from '../model/digest.ts';
import type { LinearMemory } from '../wasm/load.ts';
import type { CaptureRoom } from './capture-room.ts';
import { readDirectory } from './directory-pass.ts';
import type { LayerConsumer } from './layer-consumer.ts';
import type { EntryTable, LayerIndex } from './layer-index.ts';
import { LayerPass } from './layer-pass.ts';
import { LayerStream } from './layer-stream.ts';
import { BLOCK_BYTES, passMemory } from './pass-memory.ts';
import { ProblemList } from './problem-list.ts';

export interface IndexLayerOptions {
  readonly limits: Limits;
  readonly consumer?: LayerConsumer;
  /** Linear memory the blocks lie in; one per thread, reused from layer to layer. */
  readonly memory?: LinearMemory;
  /** Shared by all threads of a run, so that their large captures share one bound. */
  readonly captureRoom?: CaptureRoom;
  /** Ends the pass between two chunks: the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Decode gzip on the calling thread: for when no other thread would be idle. */
  readonly decodeHere?: boolean;
  /** Called with the stored bytes read since the last call. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Reads one layer in one streaming pass: verifies digest and diffID while decompressing, walks the tar, hashes every
 * file and feeds the consumer. Throws PLM_BLOB_DIGEST, PLM_LAYER_DIFFID, PLM_LAYER_DAMAGED, PLM_LIMIT and
 * PLM_INPUT_UNREADABLE; what costs less than the layer is a problem of the index.
 */
export async function indexLayer(source: LayerSource, options: IndexLayerOptions): Promise<LayerIndex> {
  const problems = new ProblemList(source.index);
  const pass = new LayerPass({
    limits: options.limits,
    consumer: options.consumer,
    memory: passMemory(options.memory),
    captureRoom: options.captureRoom,
    problems,
    hasMarkers: source.kind === 'blob',
  });
  try {
    if (source.kind === 'blob') return await indexBlob(source, options, pass, problems);
    const content =
      source.kind === 'directory'
        ? await readDirectory(source.file, { pass, problems, limits: options.limits })
        : emptyContent(source, pass);
    return { index: source.index, size: source.size, ...content, compression: 'none', problems: problems.list() };
  } finally {
    pass.release();
  }
}

/** A foreign layer that is not here keeps its place and its stated digests. */
function emptyContent(
  source: LayerSource,
  pass: LayerPass,
): Pick<LayerIndex, 'digest' | 'diffId' | 'uncompressedSize' | 'entries'> {
  const none = digestOf(undefined, hash('sha256', ''));
  return { digest: source.digest ?? none, diffId: source.diffId ?? none, uncompressedSize: 0, entries: pass.finish() };
}

async function indexBlob(
  source: LayerSource,
  options: IndexLayerOptions,
  pass: LayerPass,
  problems: ProblemList,
): Promise<LayerIndex> {
  const stream = new LayerStream(source, (bytes) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(bytes);
  });
  try {
    const { limits, decodeHere = false } = options;
    const content = await readLayer({ source, stream, pass, limits, decodeHere, problems });
    return { index: source.index, size: source.size, ...content, problems: problems.list() };
  } finally {
    await stream.close();
  }
}

type LayerContent = Pick<LayerIndex, 'digest' | 'diffId' | 'uncompressedSize' | 'compression' | 'entries'>;

async function readLayer(run: LayerRun): Promise<LayerContent & Pick<LayerIndex, 'flavour'>> {
  const { source, stream, pass } = run;
  const first = (await stream.next()) ?? EMPTY;
  if (first.length === 0)
    run.problems.add('PLM_LAYER_EMPTY', 'the layer has no bytes at all, not even those of an empty archive');
  const compression = sniffCompression(first);
  // the bytes of a plain layer need no second hash of the same kind
  const isHashedAlready = compression === 'none' && algorithmOf(source.diffId) === algorithmOf(source.digest);
  const hash = isHashedAlready ? undefined : createHash(algorithmOf(source.diffId));
  const tar: TarProgress = { hash, size: 0 };
  let entries: EntryTable;
  try {
    await feed(run, compression, startWith(first, stream), tar);
    entries = pass.finish();
  } catch (error) {
    throw await explain(error, source, stream);
  }
  const digest = await verifyDigest(source, stream);
  const diffId = hash === undefined ? digest : digestOf(source.diffId, hash.digest('hex'));
  if (source.diffId !== undefined && source.diffId !== diffId) {
    throw new PlimsollError(
      'PLM_LAYER_DIFFID',
      `layer ${source.index} unpacks to ${diffId}, the configuration says ${source.diffId}`,
      {
        path: source.file,
        hint: 'the configuration and the layer do not belong together',
      },
    );
  }
  const flavour = flavourOf(compression, stream.tail);
  if (pass.hasTrailingBytes && flavour !== 'estargz') {
    const detail = 'bytes after the end of the layer archive; no runtime unpacks them and they were not read as files';
    run.problems.add('PLM_LAYER_TRAILING', detail);
  }
  return {
    digest,
    diffId,
    uncompressedSize: tar.size,
    compression,
    entries,
    ...(flavour === undefined ? {} : { flavour }),
  };
}

interface LayerRun {
  readonly source: LayerSource;
  readonly stream: LayerStream;
  readonly pass: LayerPass;
  readonly limits: Limits;
  readonly decodeHere: boolean;
  readonly problems: ProblemList;
}

interface TarProgress {
  readonly hash: Hash | undefined;
  size: number;
}

async function feed(
  run: LayerRun,
  compression: Compression,
  input: AsyncIterable<Uint8Array>,
  tar: TarProgress,
): Promise<void> {
  const { limits, stream, pass, decodeHere } = run;
  for await (const chunk of decompress(compression, input, { limits, here: decodeHere, onDecoded: freeChunk })) {
    tar.size += chunk.length;
    checkExpansion(tar.size, stream.bytesRead, limits);
    tar.hash?.update(chunk);
    for (let at = 0; at < chunk.length; at += BLOCK_BYTES) pass.push(chunk.subarray(at, at + BLOCK_BYTES));
    freeChunk(chunk);
  }
}

/**
 * Layers with a table of contents of their own, told by their footer: estargz puts it behind the archive
 * (containerd/stargz-snapshotter, docs/estargz.md), zstd:chunked into skippable frames (containers/storage, pkg/chunked).
 */
function flavourOf(compression: Compression, tail: Uint8Array): LayerIndex['flavour'] {
  const footer = Buffer.from(tail).toString('latin1');
  if (compression === 'gzip' && footer.includes('STARGZ')) return 'estargz';
  return compression === 'zstd' && footer.includes('GNUlInUx') ? 'zstd:chunked' : undefined;
}

/**
 * Gives a buffer back as soon as it was read or decoded to its end, instead of when the collector runs. Smaller buffers
 * may be shared and stay.
 */
function freeChunk(chunk: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = chunk;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== DECODER_CHUNK) return;
  if (byteOffset + byteLength === buffer.byteLength) buffer.transfer(0);
}

function checkExpansion(size: number, stored: number, limits: Limits): void {
  if (size > limits.layerBytes)
    throw limitError(`a layer unpacks to more than ${limits.layerBytes} bytes`, 'layerBytes');
  if (size > limits.ratioFloorBytes && size > stored * limits.compressionRatio) {
    throw limitError(
      `a layer unpacks to more than ${limits.compressionRatio} times its stored bytes`,
      'compressionRatio',
    );
  }
}

function limitError(message: string, limit: LimitName): PlimsollError {
  return new PlimsollError('PLM_LIMIT', message, {
    hint: `raise it with --limit ${limit}=N where the image is trusted`,
  });
}

async function* startWith(first: Uint8Array, stream: LayerStream): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* stream.chunks();
}

/** What is stored is judged first: a wrong digest explains every fault behind it. */
async function explain(error: unknown, source: LayerSource, stream: LayerStream): Promise<unknown> {
  if (error instanceof WindowTooLarge) return limitError(error.message, 'zstdWindowBytes');
  if (!(error instanceof TarError) && !(error instanceof DecompressionError)) return error;
  await verifyDigest(source, stream);
  return new PlimsollError('PLM_LAYER_DAMAGED', `layer ${source.index} cannot be read: ${error.message}`, {
    path: source.file,
    hint: 'the layer was damaged before the image was written; build or export the image again',
    cause: error,
  });
}

async function verifyDigest(source: LayerSource, stream: LayerStream): Promise<Digest> {
  const digest = digestOf(source.digest, await stream.digest());
  if (source.digest !== undefined && source.digest !== digest) {
    throw new PlimsollError(
      'PLM_BLOB_DIGEST',
      `layer ${source.index} is ${digest}, the manifest says ${source.digest}`,
      {
        path: source.file,
        hint: 'the archive was changed or damaged; export the image again',
      },
    );
  }
  return digest;
}

const EMPTY = new Uint8Array(0);

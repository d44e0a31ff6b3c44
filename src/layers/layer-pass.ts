import type { TarEntry, TarProblemCode } from '../archive-formats/tar-entry.ts';
import { type TarSink, TarWalker } from '../archive-formats/tar-walker.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { Capture } from './capture.ts';
import type { CaptureRoom } from './capture-room.ts';
import { EntryTableBuilder, KIND_OF_TAR } from './entry-table-builder.ts';
import { assertNameBytes } from './image-room.ts';
import type { LayerConsumer, StreamedFile, StreamSpan } from './layer-consumer.ts';
import { ENTRY_KIND, type EntryKind, type EntryTable } from './layer-index.ts';
import type { PassMemory } from './pass-memory.ts';
import type { ProblemList } from './problem-list.ts';
import { readMarker } from './whiteout.ts';

export interface LayerPassOptions {
  readonly limits: Limits;
  readonly consumer: LayerConsumer | undefined;
  readonly memory: PassMemory;
  readonly captureRoom: CaptureRoom | undefined;
  readonly problems: ProblemList;
  /** False where names like `.wh.x` are files: outside of layer archives. */
  readonly hasMarkers: boolean;
}

type OpenSpan = { -readonly [Key in keyof StreamSpan]: StreamSpan[Key] };

/** What happens to the bytes of one uncompressed layer: table rows, content hashes, captures, blocks for the consumer. */
export class LayerPass implements TarSink {
  readonly #limits: Limits;
  readonly #consumer: LayerConsumer | undefined;
  readonly #memory: PassMemory;
  readonly #problems: ProblemList;
  readonly #capture: Capture | undefined;
  readonly #walker: TarWalker;
  readonly #table = new EntryTableBuilder();
  readonly #wantsBlocks: boolean;
  readonly #hasMarkers: boolean;
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkStart = 0;
  #spans: OpenSpan[] = [];
  /** First span of the headers whose entry is not known yet. */
  #openHeaders = 0;
  #row = -1;
  #path = '';
  #isFile = false;

  constructor(options: LayerPassOptions) {
    this.#limits = options.limits;
    this.#consumer = options.consumer;
    this.#memory = options.memory;
    this.#problems = options.problems;
    this.#hasMarkers = options.hasMarkers;
    this.#wantsBlocks = options.consumer?.block !== undefined;
    this.#capture = options.consumer && new Capture(options.consumer, options.limits, options.captureRoom);
    this.#walker = new TarWalker(options.limits, this);
  }

  /** Takes the next uncompressed bytes, at most `PassMemory.blockBytes`. Throws TarError and PLM_LIMIT. */
  push(chunk: Uint8Array): void {
    const bytes = plainView(chunk);
    this.#start(bytes);
    this.#walker.push(bytes);
    this.#end(bytes);
  }

  /** Content of the entry that was given last, for layers that lie in no tar. */
  pushContent(chunk: Uint8Array, offset: number, last: boolean): void {
    this.#start(plainView(chunk));
    this.content(0, chunk.length, offset, last);
    this.#end(chunk);
  }

  #start(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#memory.load(chunk);
    this.#spans = [];
    this.#openHeaders = 0;
  }

  #end(chunk: Uint8Array): void {
    if (this.#wantsBlocks) this.#consumer?.block?.(this.#memory.block(chunk.length), this.#spans);
    this.#chunkStart += chunk.length;
  }

  /** Whether bytes other than zero come after the end of the archive. */
  get hasTrailingBytes(): boolean {
    return this.#walker.hasTrailingBytes;
  }

  /** Ends the layer. Throws TarError where it stops inside an entry. */
  finish(): EntryTable {
    this.#walker.finish();
    return this.#table.finish();
  }

  /** Frees what captures hold; to be called once, when the layer ends in any way. */
  release(): void {
    this.#capture?.end();
  }

  header(start: number, end: number): void {
    if (!this.#wantsBlocks) return;
    const previous = this.#spans.at(-1);
    if (previous?.kind === 'header' && previous.end === start && this.#spans.length > this.#openHeaders)
      previous.end = end;
    else this.#spans.push({ kind: 'header', entry: -1, path: '', start, end, offset: 0, last: false });
  }

  entry(entry: TarEntry, contentAt: number): void {
    if (this.#table.count >= this.#limits.layerEntries) {
      throw new PlimsollError('PLM_LIMIT', `a layer holds more than ${this.#limits.layerEntries} entries`, {
        hint: 'raise it with --limit layerEntries=N',
      });
    }
    assertNameBytes(this.#table.nameBytes, this.#limits);
    const marker = this.#hasMarkers ? readMarker(entry.path) : undefined;
    if (marker === undefined) this.#addFile(entry, this.#chunkStart + contentAt);
    else this.#addMarker(entry, marker.kind, marker.path);
    for (const span of this.#spans.slice(this.#openHeaders)) {
      span.entry = this.#row;
      span.path = this.#path;
    }
    this.#openHeaders = this.#spans.length;
  }

  #addMarker(entry: TarEntry, kind: EntryKind | 'ignored', path: string): void {
    this.#isFile = false;
    this.#path = entry.path;
    this.#row = -1;
    if (kind === 'ignored') {
      this.#problems.add(
        'PLM_WHITEOUT_IGNORED',
        'a whiteout that names nothing (or metadata of AUFS); it hides nothing',
        entry.path,
      );
      return;
    }
    this.#row = this.#table.add({ path, kind, mode: 0, size: 0, contentOffset: 0, link: '', capability: undefined });
  }

  #addFile(entry: TarEntry, contentOffset: number): void {
    const kind = KIND_OF_TAR[entry.kind];
    this.#isFile = kind === ENTRY_KIND.file;
    this.#path = entry.path;
    this.#row = this.#table.add({
      path: entry.path,
      kind,
      mode: entry.mode,
      size: entry.size,
      contentOffset,
      link: entry.link,
      capability: entry.capability?.slice(),
    });
    if (!this.#isFile) return;
    if (entry.size === 0) this.#table.setHash(this.#row, EMPTY_HASH[0], EMPTY_HASH[1]);
    const file: StreamedFile = { entry: this.#row, path: entry.path, size: entry.size, mode: entry.mode };
    this.#capture?.start(file, entry.sparse);
  }

  content(start: number, end: number, offset: number, last: boolean): void {
    const length = end - start;
    if (this.#isFile) {
      this.#hash(start, length, offset, last);
      if (this.#capture?.active === true) this.#capture.add(this.#chunk.subarray(start, end), offset, last);
    }
    if (!this.#wantsBlocks) return;
    this.#spans.push({ kind: 'content', entry: this.#row, path: this.#path, start, end, offset, last });
    this.#openHeaders = this.#spans.length;
  }

  #hash(start: number, length: number, offset: number, last: boolean): void {
    const { hasher } = this.#memory;
    const pointer = this.#memory.pointer + start;
    if (offset === 0 && last) {
      const [low, high] = hasher.whole(pointer, length);
      this.#table.setHash(this.#row, low, high);
      return;
    }
    if (offset === 0) hasher.start();
    hasher.update(pointer, length);
    if (!last) return;
    const [low, high] = hasher.finish();
    this.#table.setHash(this.#row, low, high);
  }

  problem(code: TarProblemCode, path: string, detail: string): void {
    this.#problems.add(code, detail, path === '' ? undefined : path);
  }
}

/** `slice` of a Buffer is no copy; whoever keeps bytes of a plain array with it has them for good. */
function plainView(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
}

/** XXH64 of no bytes. */
const EMPTY_HASH = [0x51d8e999, 0xef46db37] as const;

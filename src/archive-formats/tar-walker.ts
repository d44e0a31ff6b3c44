import type { Limits } from '../limits.ts';
import { type HeaderMeaning, TarAssembler, type TarEntry, type TarProblemSink } from './tar-entry.ts';
import { isZeroBlock, TAR_BLOCK, TarError } from './tar-header.ts';

/** What a walk over a tar reports, in stream order. Ranges are offsets into the chunk that is being pushed. */
export interface TarSink {
  /** A range of header blocks, extension records included. */
  header(start: number, end: number): void;
  /** The headers before this call described this entry. Its content, if it has any, starts at `contentAt`. */
  entry(entry: TarEntry, contentAt: number): void;
  /** Content of the last entry; `offset` counts from its start, `last` where it ends. */
  content(start: number, end: number, offset: number, last: boolean): void;
  problem: TarProblemSink;
}

type Phase = 'header' | 'sparse-map' | 'extension' | 'content' | 'pass-over' | 'end';

/** Walks a tar that comes in chunks of any size. Holds at most one header block and one entry's extension records. */
export class TarWalker {
  readonly #sink: TarSink;
  readonly #assembler: TarAssembler;
  #phase: Phase = 'header';
  /** Bytes of the phase that are still to come, padding not counted. */
  #remaining = 0;
  #padding = 0;
  #offset = 0;
  readonly #block = new Uint8Array(TAR_BLOCK);
  #blockFill = 0;
  #extension: Uint8Array | undefined;
  #zeroBlocks = 0;
  #trailing = false;

  constructor(limits: Limits, sink: TarSink) {
    this.#sink = sink;
    this.#assembler = new TarAssembler(limits, (code, path, detail) => sink.problem(code, path, detail));
  }

  /** Whether two zero blocks were seen. */
  get ended(): boolean {
    return this.#phase === 'end';
  }

  /** True where bytes other than zero come after the end of the archive. */
  get hasTrailingBytes(): boolean {
    return this.#trailing;
  }

  /** Takes the next chunk. Throws TarError where the archive cannot be read on. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      switch (this.#phase) {
        case 'header':
        case 'sparse-map':
          at = this.#takeBlock(chunk, at);
          break;
        case 'end':
          this.#trailing ||= hasNonZero(chunk, at);
          return;
        default:
          at = this.#takeBody(chunk, at);
      }
    }
  }

  /** Says that no chunk follows. Throws TarError where the archive stops inside an entry. */
  finish(): void {
    if (this.#phase === 'end') return;
    if (this.#phase !== 'header' || this.#blockFill > 0) throw new TarError('the archive ends inside an entry');
  }

  #takeBlock(chunk: Uint8Array, at: number): number {
    const count = Math.min(TAR_BLOCK - this.#blockFill, chunk.length - at);
    const end = at + count;
    if (count === TAR_BLOCK) {
      this.#sink.header(at, end);
      this.#readBlock(chunk.subarray(at, end), end);
      return end;
    }
    this.#block.set(chunk.subarray(at, end), this.#blockFill);
    this.#blockFill += count;
    this.#sink.header(at, end);
    if (this.#blockFill === TAR_BLOCK) {
      this.#blockFill = 0;
      this.#readBlock(this.#block, end);
    }
    return end;
  }

  #readBlock(block: Uint8Array, end: number): void {
    if (this.#phase === 'sparse-map') {
      this.#enter(this.#assembler.sparseBlock(block), end);
      return;
    }
    if (block[0] === 0 && isZeroBlock(block)) {
      this.#zeroBlocks += 1;
      if (this.#zeroBlocks === 2) this.#phase = 'end';
      return;
    }
    this.#zeroBlocks = 0;
    this.#enter(this.#assembler.header(block), end);
  }

  #enter(meaning: HeaderMeaning, end: number): void {
    switch (meaning.is) {
      case 'sparse-map':
        this.#phase = 'sparse-map';
        return;
      case 'extension':
        this.#extension = meaning.keep && meaning.size > 0 ? new Uint8Array(meaning.size) : undefined;
        this.#startBody('extension', meaning.size);
        return;
      case 'skip':
        this.#startBody('pass-over', meaning.size);
        return;
      case 'entry':
        this.#sink.entry(meaning.entry, end);
        this.#startBody('content', meaning.entry.size);
    }
  }

  #startBody(phase: 'extension' | 'content' | 'pass-over', size: number): void {
    this.#remaining = size;
    this.#padding = (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
    this.#offset = 0;
    this.#phase = size === 0 ? 'header' : phase;
  }

  #takeBody(chunk: Uint8Array, at: number): number {
    if (this.#remaining > 0) {
      const end = at + Math.min(this.#remaining, chunk.length - at);
      this.#remaining -= end - at;
      if (this.#phase === 'content') this.#sink.content(at, end, this.#offset, this.#remaining === 0);
      else if (this.#phase === 'extension') {
        this.#sink.header(at, end);
        this.#extension?.set(chunk.subarray(at, end), this.#offset);
      }
      this.#offset += end - at;
      if (this.#remaining === 0) this.#endBody();
      return end;
    }
    const end = at + Math.min(this.#padding, chunk.length - at);
    this.#padding -= end - at;
    if (this.#padding === 0) this.#phase = 'header';
    return end;
  }

  #endBody(): void {
    if (this.#extension !== undefined) this.#assembler.extension(this.#extension);
    this.#extension = undefined;
    if (this.#padding === 0) this.#phase = 'header';
  }
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Compared as memory: an image may end in gigabytes of zeros. */
function hasNonZero(chunk: Uint8Array, from: number): boolean {
  for (let at = from; at < chunk.length; at += ZEROS.length) {
    const end = Math.min(chunk.length, at + ZEROS.length);
    if (ZEROS.compare(chunk, at, end, 0, end - at) !== 0) return true;
  }
  return false;
}

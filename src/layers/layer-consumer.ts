import type { LinearMemory } from '../wasm/load.ts';
/** A regular file of a layer as it streams by. */
export interface StreamedFile {
  /** Position of the entry in the layer's file table. */
  readonly entry: number;
  /** Canonical, absolute. */
  readonly path: string;
  readonly size: number;
  readonly mode: number;
}

/** A run of bytes of the uncompressed tar that belongs to one entry. */
export interface StreamSpan {
  /** `content`: file bytes; `header`: tar header, PAX and GNU records (names, link targets, xattrs). */
  readonly kind: 'content' | 'header';
  /** For a header span the entry it describes; -1 where that is not known yet. */
  readonly entry: number;
  readonly path: string;
  /** Range within the block that came with it. */
  readonly start: number;
  readonly end: number;
  /** Offset of `start` within the content of the entry. */
  readonly offset: number;
  /** True where the entry's content ends with this span. */
  readonly last: boolean;
}

/**
 * What a pass over one layer feeds besides its own file table. All calls come in stream order; bytes are valid only
 * during the call.
 */
export interface LayerConsumer {
  /** Whether the whole content is wanted: decided by path (`yes`/`no`), or once the first bytes are there (`ask`). */
  wants(file: StreamedFile): 'yes' | 'no' | 'ask';
  /** Asked for `ask` files with up to the first 512 bytes. */
  wantsHead(file: StreamedFile, head: Uint8Array): boolean;
  /** The whole content of a wanted file, at most `limits.capturedFileBytes`. */
  file(file: StreamedFile, bytes: Uint8Array): void;
  /** A wanted file that was larger than the limit or than the memory budget: coverage lost. */
  tooLarge(file: StreamedFile): void;
  /** Every block of the uncompressed stream, in linear memory where the kernels work on it. */
  block?(block: StreamBlock, spans: readonly StreamSpan[]): void;
}

export interface StreamBlock {
  readonly bytes: Uint8Array;
  /** The linear memory that `bytes` lies in, and where; kernels may run on it without another copy. */
  readonly memory: LinearMemory;
  readonly pointer: number;
}

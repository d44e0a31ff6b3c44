import { readSync } from 'node:fs';
import type { Limits } from '../limits.ts';
import { type HeaderMeaning, TarAssembler, type TarEntry, type TarProblemSink } from './tar-entry.ts';
import { isZeroBlock, TAR_BLOCK, TarError } from './tar-header.ts';

/** An entry of a tar file and where its content lies. */
export interface TarMember extends TarEntry {
  readonly offset: number;
}

export interface TarDirectoryOptions {
  readonly limits: Limits;
  /** Bytes of the file. */
  readonly size: number;
  readonly problem: TarProblemSink;
}

/** The file stops before the archive does. */
export class TarTruncated extends TarError {
  override readonly name = 'TarError';
}

/** More entries than the limit. */
export class TooManyMembers extends Error {}

/**
 * Lists a tar file by its headers, passing over all content. Throws TarError where a header is broken, TarTruncated
 * where an entry reaches past the end of the file, TooManyMembers.
 */
export function* listTar(descriptor: number, options: TarDirectoryOptions): Generator<TarMember> {
  const { limits, size, problem } = options;
  const assembler = new TarAssembler(limits, problem);
  const block = new Uint8Array(TAR_BLOCK);
  let at = 0;
  let count = 0;
  let inSparseMap = false;
  while (at + TAR_BLOCK <= size) {
    readFully(descriptor, block, at);
    at += TAR_BLOCK;
    if (!inSparseMap && isZeroBlock(block)) return;
    const meaning: HeaderMeaning = inSparseMap ? assembler.sparseBlock(block) : assembler.header(block);
    inSparseMap = meaning.is === 'sparse-map';
    const length = contentLength(meaning);
    if (length > size - at) throw new TarTruncated('the file ends inside an entry');
    if (meaning.is === 'extension' && meaning.keep) assembler.extension(readAt(descriptor, at, length));
    if (meaning.is === 'entry') {
      count += 1;
      if (count > limits.archiveEntries) throw new TooManyMembers();
      yield { ...meaning.entry, offset: at };
    }
    at += Math.ceil(length / TAR_BLOCK) * TAR_BLOCK;
  }
  if (at !== size) throw new TarTruncated('the file ends inside a block');
}

function contentLength(meaning: HeaderMeaning): number {
  if (meaning.is === 'entry') return meaning.entry.size;
  return meaning.is === 'sparse-map' ? 0 : meaning.size;
}

/** `length` bytes at an offset. Throws TarTruncated where the file has fewer. */
export function readAt(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  readFully(descriptor, bytes, offset);
  return bytes;
}

function readFully(descriptor: number, target: Uint8Array, offset: number): void {
  let filled = 0;
  while (filled < target.length) {
    const count = readSync(descriptor, target, filled, target.length - filled, offset + filled);
    if (count === 0) throw new TarTruncated('the file ends early');
    filled += count;
  }
}

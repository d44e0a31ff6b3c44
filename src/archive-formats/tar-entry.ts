import type { Limits } from '../limits.ts';
import { canonicalPath, climbsOut, decodeName, pathDepth } from './entry.ts';
import { parsePax, paxNumber } from './pax.ts';
import { parseTarHeader, TarError, type TarHeader } from './tar-header.ts';
import { oldGnuSparse, paxSparse, type SparseRecords, type TarSparse } from './tar-sparse.ts';

export type TarKind = 'file' | 'directory' | 'symlink' | 'hardLink' | 'characterDevice' | 'blockDevice' | 'fifo';

/** One entry with its extension records applied. */
export interface TarEntry {
  /** Canonical and absolute. */
  readonly path: string;
  readonly kind: TarKind;
  /** Permission bits (07777). */
  readonly mode: number;
  /** Bytes of content that follow in the archive; 0 for everything but files. */
  readonly size: number;
  /** Symlinks: target as written. Hard links: canonical path of the target. Otherwise empty. */
  readonly link: string;
  /** Value of the `security.capability` attribute. */
  readonly capability?: Uint8Array;
  /** Present for sparse files: how the stored bytes spread over the real file. */
  readonly sparse?: TarSparse;
}

/** What a header block turned out to be. */
export type HeaderMeaning =
  /** Extension records of `size` bytes follow: hand them to `extension`. */
  | { readonly is: 'extension'; readonly size: number; readonly keep: boolean }
  /** Continuation blocks of an old GNU sparse map follow: hand each to `sparseBlock`. */
  | { readonly is: 'sparse-map' }
  | { readonly is: 'entry'; readonly entry: TarEntry }
  /** The entry cannot be kept (limits); its content of `size` bytes is to be passed over. */
  | { readonly is: 'skip'; readonly size: number };

/** Codes of what a tar may lose without the rest being lost. */
export type TarProblemCode = 'PLM_TAR_EXTENSION' | 'PLM_TAR_PATH' | 'PLM_TAR_TYPE' | 'PLM_LIMIT';

export type TarProblemSink = (code: TarProblemCode, path: string, detail: string) => void;

interface Pending {
  path?: Uint8Array;
  link?: Uint8Array;
  size?: number;
  capability?: Uint8Array;
  sparse: SparseRecords;
}

/** Puts headers and the extension records before them together. One per archive; blocks must come in order. */
export class TarAssembler {
  readonly #limits: Limits;
  readonly #problem: TarProblemSink;
  #pending: Pending = { sparse: {} };
  #extension = 0;
  #sparseHeader: Uint8Array | undefined;
  #sparseBlocks: Uint8Array[] = [];

  constructor(limits: Limits, problem: TarProblemSink) {
    this.#limits = limits;
    this.#problem = problem;
  }

  /** Reads a header block. Throws TarError where the archive cannot be read on. */
  header(block: Uint8Array): HeaderMeaning {
    const header = parseTarHeader(block);
    switch (header.type) {
      case TYPE.pax:
      case TYPE.solarisPax:
      case TYPE.longName:
      case TYPE.longLink:
      case TYPE.global:
        return this.#startExtension(header);
      case TYPE.gnuSparse:
        if (block[SPARSE_EXTENDED] === 0) return this.#finish(header, oldGnuSparse(block, []));
        this.#sparseHeader = block.slice();
        this.#sparseBlocks = [];
        return { is: 'sparse-map' };
      default:
        return this.#finish(header, undefined);
    }
  }

  #startExtension(header: TarHeader): HeaderMeaning {
    this.#extension = header.type;
    const keep = header.size <= this.#limits.tarExtensionBytes;
    if (!keep) {
      this.#problem(
        'PLM_LIMIT',
        decodeName(header.name),
        `extension records of ${header.size} bytes were passed over; the name and attributes of the entry after them may be wrong`,
      );
    }
    return { is: 'extension', size: header.size, keep };
  }

  /** The records announced by the last header. Bytes are copied where they are kept. */
  extension(bytes: Uint8Array): void {
    if (this.#extension === TYPE.global) return;
    if (this.#extension === TYPE.longName) this.#pending.path = untilNul(bytes).slice();
    else if (this.#extension === TYPE.longLink) this.#pending.link = untilNul(bytes).slice();
    else this.#applyPax(bytes.slice());
  }

  #applyPax(bytes: Uint8Array): void {
    const { records, damaged } = parsePax(bytes);
    for (const { key, value } of records) {
      if (key.startsWith('GNU.sparse.')) addSparse(this.#pending.sparse, key.slice('GNU.sparse.'.length), value);
      else if (key === 'path') this.#setText('path', value);
      else if (key === 'linkpath') this.#setText('link', value);
      else if (key === 'SCHILY.xattr.security.capability') this.#pending.capability = value;
      else if (key === 'size') {
        const size = paxNumber(value);
        if (size === undefined) this.#broken('its size record is no number');
        else this.#pending.size = size;
      }
    }
    if (damaged) this.#broken('the records after the first malformed one were not read');
  }

  #setText(field: 'path' | 'link', value: Uint8Array): void {
    if (value.includes(0)) this.#broken(`its ${field} record holds a NUL byte`);
    else if (value.length > 0) this.#pending[field] = value;
  }

  #broken(reason: string): void {
    const path = this.#pending.path === undefined ? '' : decodeName(this.#pending.path);
    this.#problem(
      'PLM_TAR_EXTENSION',
      path,
      `malformed pax header: ${reason}; what it says about the next entry is lost`,
    );
  }

  /** One continuation block of an old GNU sparse map. */
  sparseBlock(block: Uint8Array): HeaderMeaning {
    const header = this.#sparseHeader;
    if (header === undefined) throw new Error('a sparse map without its header');
    this.#sparseBlocks.push(block.slice());
    if (this.#sparseBlocks.length * block.length > this.#limits.tarExtensionBytes) {
      throw new TarError('the sparse map of an entry is longer than the limit');
    }
    if (block[CONTINUATION_EXTENDED] !== 0) return { is: 'sparse-map' };
    this.#sparseHeader = undefined;
    return this.#finish(parseTarHeader(header), oldGnuSparse(header, this.#sparseBlocks));
  }

  #finish(header: TarHeader, gnuSparse: TarSparse | undefined): HeaderMeaning {
    const pending = this.#pending;
    this.#pending = { sparse: {} };
    const sparse = gnuSparse ?? paxSparse(pending.sparse);
    const name = decodeName(pending.sparse.name ?? pending.path ?? header.name);
    const kind = this.#kindOf(header.type, name);
    const size = kind === 'file' ? (pending.size ?? header.size) : 0;
    if (this.#isTooLong(name)) return { is: 'skip', size };
    const path = canonicalPath(name);
    if (climbsOut(name)) this.#problem('PLM_TAR_PATH', path, 'its name points outside the root; it was kept inside');
    const link = linkOf(kind, pending.link ?? header.linkName);
    if (this.#isLongTarget(path, link)) return { is: 'skip', size };
    const entry: TarEntry = {
      path,
      kind,
      mode: header.mode & 0o7777,
      size,
      link,
      ...(pending.capability === undefined ? {} : { capability: pending.capability }),
      ...(sparse === undefined || kind !== 'file' ? {} : { sparse }),
    };
    return { is: 'entry', entry };
  }

  #isTooLong(name: string): boolean {
    const { pathBytes, pathDepth: depth } = this.#limits;
    if (name.length * 4 > pathBytes && Buffer.byteLength(name) > pathBytes) {
      this.#problem(
        'PLM_LIMIT',
        `${name.slice(0, SHOWN_NAME)}…`,
        `a path longer than ${pathBytes} bytes; the entry was not looked at`,
      );
      return true;
    }
    if (name.length > depth && pathDepth(canonicalPath(name)) > depth) {
      this.#problem(
        'PLM_LIMIT',
        `${name.slice(0, SHOWN_NAME)}…`,
        `a path deeper than ${depth} directories; the entry was not looked at`,
      );
      return true;
    }
    return false;
  }

  /** No file system holds such a link. */
  #isLongTarget(path: string, target: string): boolean {
    const { pathBytes } = this.#limits;
    if (target.length * 4 <= pathBytes || Buffer.byteLength(target) <= pathBytes) return false;
    this.#problem('PLM_LIMIT', path, `a link to a path longer than ${pathBytes} bytes; the entry was not looked at`);
    return true;
  }

  #kindOf(type: number, name: string): TarKind {
    const kind = KINDS.get(type);
    if (kind === undefined) {
      this.#problem('PLM_TAR_TYPE', canonicalPath(name), `unknown entry type ${type}; it was read as a file`);
      return 'file';
    }
    // V7 had no flag for directories
    return type === 0 && name.endsWith('/') ? 'directory' : kind;
  }
}

const TYPE = { pax: 0x78, solarisPax: 0x58, global: 0x67, longName: 0x4c, longLink: 0x4b, gnuSparse: 0x53 };
const SPARSE_EXTENDED = 482;
const CONTINUATION_EXTENDED = 504;
const SHOWN_NAME = 120;

const KINDS: ReadonlyMap<number, TarKind> = new Map([
  [0, 'file'],
  [0x30, 'file'],
  [0x37, 'file'],
  [TYPE.gnuSparse, 'file'],
  [0x31, 'hardLink'],
  [0x32, 'symlink'],
  [0x33, 'characterDevice'],
  [0x34, 'blockDevice'],
  [0x35, 'directory'],
  [0x36, 'fifo'],
]);

function linkOf(kind: TarKind, link: Uint8Array): string {
  if (kind === 'symlink') return decodeName(link);
  return kind === 'hardLink' ? canonicalPath(decodeName(link)) : '';
}

function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function addSparse(records: SparseRecords, key: string, value: Uint8Array): void {
  if (key === 'name') records.name = value;
  else if (key === 'major') records.major = paxNumber(value);
  else if (key === 'realsize' || key === 'size') records.realSize = paxNumber(value);
  else if (key === 'map') records.map = value;
  else if (key === 'offset' || key === 'numbytes') {
    records.pairs ??= [];
    records.pairs.push(paxNumber(value));
  }
}

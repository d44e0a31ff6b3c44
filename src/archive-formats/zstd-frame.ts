/** Header of a zstd frame: RFC 8878 sections 3.1.1.1 and 3.1.2. */
export interface FrameHeader {
  readonly skippable: boolean;
  /** Bytes of the header, magic included. */
  readonly headerSize: number;
  /** Memory a decoder needs for back references; 0 for skippable frames. */
  readonly windowSize: number;
  /** Uncompressed bytes where the frame states them; for skippable frames the bytes to pass over. */
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAGIC_BYTES = 4;
const SKIPPABLE_HEADER = 8;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/** The header at the start of `bytes`; `short` where more bytes are needed, `bad` where it is none. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | 'short' | 'bad' {
  if (bytes.length < MAGIC_BYTES + 1) return 'short';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0, true);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) return skippable(view);
  if (magic !== MAGIC) return 'bad';
  const descriptor = view.getUint8(MAGIC_BYTES);
  if ((descriptor & 0x08) !== 0) return 'bad';
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 && singleSegment ? 1 : (CONTENT_SIZE_BYTES[sizeFlag] ?? 0);
  const dictionaryBytes = DICTIONARY_ID_BYTES[descriptor & 3] ?? 0;
  const sizeAt = MAGIC_BYTES + 1 + (singleSegment ? 0 : 1) + dictionaryBytes;
  if (bytes.length < sizeAt + sizeBytes) return 'short';
  const contentSize = readContentSize(view, sizeAt, sizeBytes);
  return {
    skippable: false,
    headerSize: sizeAt + sizeBytes,
    windowSize: singleSegment ? (contentSize ?? 0) : windowSize(view.getUint8(MAGIC_BYTES + 1)),
    contentSize,
    hasChecksum: (descriptor & 0x04) !== 0,
  };
}

function skippable(view: DataView): FrameHeader | 'short' {
  if (view.byteLength < SKIPPABLE_HEADER) return 'short';
  const contentSize = view.getUint32(MAGIC_BYTES, true);
  return { skippable: true, headerSize: SKIPPABLE_HEADER, windowSize: 0, contentSize, hasChecksum: false };
}

function readContentSize(view: DataView, at: number, bytes: number): number | undefined {
  if (bytes === 0) return undefined;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

function windowSize(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

const BLOCK_HEADER = 3;
const CHECKSUM = 4;
const RLE_BLOCK = 1;

/** Finds the end of a frame by its block headers (RFC 8878 section 3.1.1.2) without looking into the blocks. */
export class BlockScanner {
  readonly #hasChecksum: boolean;
  /** Bytes of the current block, or of the checksum, that are still to come. */
  #skip = 0;
  #header = 0;
  #headerFill = 0;
  #isLast = false;
  #done = false;

  /** Starts behind the frame header. */
  constructor(hasChecksum: boolean) {
    this.#hasChecksum = hasChecksum;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Takes the next chunk; returns where the frame ends in it, or its length while the frame goes on. */
  scan(chunk: Uint8Array): number {
    let at = 0;
    for (;;) {
      const skipped = Math.min(this.#skip, chunk.length - at);
      at += skipped;
      this.#skip -= skipped;
      if (this.#skip === 0 && this.#isLast) {
        this.#done = true;
        return at;
      }
      if (at === chunk.length) return at;
      this.#header |= (chunk[at] ?? 0) << (8 * this.#headerFill);
      this.#headerFill += 1;
      at += 1;
      if (this.#headerFill === BLOCK_HEADER) this.#startBlock();
    }
  }

  #startBlock(): void {
    this.#isLast = (this.#header & 1) === 1;
    this.#skip = ((this.#header >> 1) & 3) === RLE_BLOCK ? 1 : this.#header >> 3;
    if (this.#isLast && this.#hasChecksum) this.#skip += CHECKSUM;
    this.#header = 0;
    this.#headerFill = 0;
  }
}

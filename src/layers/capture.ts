import { expandSparse, type TarSparse } from '../archive-formats/tar-sparse.ts';
import type { Limits } from '../limits.ts';
import { type CaptureRoom, leaveCaptureRoom, takeCaptureRoom } from './capture-room.ts';
import type { LayerConsumer, StreamedFile } from './layer-consumer.ts';

/** What a detector may see before it asks for a whole file. */
const HEAD_BYTES = 512;

/** Files up to this size share one buffer, which a layer uses again and again; larger ones take room. */
const REUSED_BYTES = 4 * 1024 * 1024;

/**
 * Buffers of this size glibc maps and gives back whole (above the upper bound of M_MMAP_THRESHOLD, mallopt(3)); smaller ones
 * may come to lie in a heap that keeps them. What is not written to takes no memory.
 */
const MAPPED_BYTES = 33 * 1024 * 1024;

type Phase = 'idle' | 'head' | 'whole';

/**
 * Collects the content of the files a consumer wants. A file that lies in one piece is handed over where it lies;
 * others are put together in a buffer that is used again, or, when large, in one that is freed at once.
 */
export class Capture {
  readonly #consumer: LayerConsumer;
  readonly #limits: Limits;
  readonly #room: CaptureRoom | undefined;
  #phase: Phase = 'idle';
  #file: StreamedFile | undefined;
  #sparse: TarSparse | undefined;
  #reused = new Uint8Array(0);
  #buffer = this.#reused;
  /** Bytes of the room that the current file took. */
  #taken = 0;

  constructor(consumer: LayerConsumer, limits: Limits, room: CaptureRoom | undefined) {
    this.#consumer = consumer;
    this.#limits = limits;
    this.#room = room;
  }

  /** Whether content of the current file is still wanted. */
  get active(): boolean {
    return this.#phase !== 'idle';
  }

  start(file: StreamedFile, sparse: TarSparse | undefined): void {
    this.#phase = 'idle';
    // a file of a directory can stop before its end
    this.#release();
    const wants = this.#consumer.wants(file);
    if (wants === 'no') return;
    this.#file = file;
    this.#sparse = sparse;
    if (wants === 'ask') this.#phase = 'head';
    else if (this.#fits(file)) this.#phase = 'whole';
    if (file.size === 0) this.add(EMPTY, 0, true);
  }

  #fits(file: StreamedFile): boolean {
    if (file.size <= this.#limits.capturedFileBytes) return true;
    this.#consumer.tooLarge(file);
    return false;
  }

  /** The next piece of the current file. */
  add(piece: Uint8Array, offset: number, last: boolean): void {
    const file = this.#file;
    if (file === undefined || this.#phase === 'idle') return;
    if (this.#phase === 'head' && !this.#askWithHead(file, piece, offset, last)) return;
    if (offset === 0 && last) this.#deliver(file, piece);
    else {
      this.#put(piece, offset, file.size);
      if (last) this.#deliver(file, this.#buffer.subarray(0, file.size));
    }
  }

  /** Asks once the head is complete; false where nothing more is to be done with this piece. */
  #askWithHead(file: StreamedFile, piece: Uint8Array, offset: number, last: boolean): boolean {
    const available = offset + piece.length;
    if (available < HEAD_BYTES && !last) {
      this.#put(piece, offset, HEAD_BYTES);
      return false;
    }
    let head = piece.subarray(0, HEAD_BYTES);
    if (offset > 0) {
      this.#put(piece.subarray(0, HEAD_BYTES - offset), offset, HEAD_BYTES);
      head = this.#buffer.slice(0, Math.min(HEAD_BYTES, available));
    }
    this.#phase = this.#consumer.wantsHead(file, head) && this.#fits(file) ? 'whole' : 'idle';
    return this.#phase === 'whole';
  }

  #put(piece: Uint8Array, offset: number, total: number): void {
    if (this.#buffer.length < offset + piece.length) this.#reserve(total, offset);
    this.#buffer.set(piece, offset);
  }

  #reserve(total: number, keep: number): void {
    const before = this.#buffer;
    const isLarge = total > REUSED_BYTES;
    if (isLarge && this.#room !== undefined) this.#taken = takeCaptureRoom(this.#room, total);
    this.#buffer = new Uint8Array(isLarge ? Math.max(total, MAPPED_BYTES) : REUSED_BYTES);
    this.#buffer.set(before.subarray(0, keep));
    // A large capture is what the peak of a scan is made of: the buffer it does not fit into is not kept beside it.
    this.#reused = isLarge ? new Uint8Array(0) : this.#buffer;
    before.buffer.transfer(0);
  }

  #deliver(file: StreamedFile, stored: Uint8Array): void {
    this.#phase = 'idle';
    const bytes =
      this.#sparse === undefined ? stored : expandSparse(this.#sparse, stored, this.#limits.capturedFileBytes);
    if (bytes === undefined) this.#consumer.tooLarge(file);
    else this.#consumer.file(file, bytes);
    this.#release();
  }

  /** Frees all buffers and gives their room back; to be called once, when a layer ends in any way. */
  end(): void {
    this.#release();
    this.#reused.buffer.transfer(0);
  }

  /** Frees a large buffer and gives its room back. */
  #release(): void {
    if (this.#buffer !== this.#reused) {
      // detaching gives the memory back now, not when the collector runs
      this.#buffer.buffer.transfer(0);
      this.#buffer = this.#reused;
    }
    if (this.#taken === 0 || this.#room === undefined) return;
    leaveCaptureRoom(this.#room, this.#taken);
    this.#taken = 0;
  }
}

const EMPTY = new Uint8Array(0);

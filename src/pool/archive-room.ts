import type { HandOver } from './analyze-layer.ts';
import type { HandedArchive } from './slot.ts';

/** How many bytes of archives lie between the thread that found them and the one that looks into them: one 32-bit count. */
export type ArchiveRoom = SharedArrayBuffer;

/** Enough to keep a second thread at work; what finds no room is looked into where it was found. */
const ROOM_BYTES = 12 * 1024 * 1024;

/** Room for archives that are on their way between threads: the bytes taken, shared by all of them. */
export function createArchiveRoom(): ArchiveRoom {
  return new SharedArrayBuffer(4);
}

/** Passes copies of archives on as long as there is room for them. */
export function handOverThrough(room: ArchiveRoom, pass: (archive: HandedArchive) => void): HandOver {
  const waiting = new Int32Array(room);
  return (archive) => {
    const { length } = archive.bytes;
    if (length > ROOM_BYTES) return false;
    if (Atomics.add(waiting, 0, length) + length > ROOM_BYTES) {
      Atomics.sub(waiting, 0, length);
      return false;
    }
    pass({ ...archive, bytes: new Uint8Array(archive.bytes) });
    return true;
  };
}

/** Gives the room of an archive back once it was looked into. */
export function leaveRoom(room: ArchiveRoom, bytes: number): void {
  Atomics.sub(new Int32Array(room), 0, bytes);
}

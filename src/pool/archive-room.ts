/** How many bytes of archives lie between the thread that found them and the one that looks into them. */
export interface ArchiveRoom {
  /** One 32-bit count, shared by all threads. */
  readonly waiting: SharedArrayBuffer;
}

/** Enough to keep a second thread at work; what finds no room is looked into where it was found. */
const ROOM_BYTES = 12 * 1024 * 1024;

export function createArchiveRoom(): ArchiveRoom {
  return { waiting: new SharedArrayBuffer(4) };
}

/** Takes room for an archive; false where there is not enough. */
export function takeRoom(room: ArchiveRoom, bytes: number): boolean {
  const cell = new Int32Array(room.waiting);
  if (bytes <= ROOM_BYTES && Atomics.add(cell, 0, bytes) + bytes <= ROOM_BYTES) return true;
  if (bytes <= ROOM_BYTES) Atomics.sub(cell, 0, bytes);
  return false;
}

/** Gives the room back once the archive was looked into. */
export function leaveRoom(room: ArchiveRoom, bytes: number): void {
  Atomics.sub(new Int32Array(room.waiting), 0, bytes);
}

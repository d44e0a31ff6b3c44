/** Room in shared memory for the large captured files of all threads: one 32-bit count of the bytes taken. */
export type CaptureRoom = SharedArrayBuffer;

/** Large captures held at once: the largest library of real images, of 117 MB, and a common program beside it. */
const ROOM_BYTES = 160 * 1024 * 1024;

/** How long a thread waits while no room is given back: one that ended while it had some never does. */
const PATIENCE_MS = 30_000;

export function createCaptureRoom(): CaptureRoom {
  return new SharedArrayBuffer(4);
}

/**
 * Blocks until there is room for a capture, and returns the bytes taken, to be given to `leaveCaptureRoom`, also when the
 * layer fails. Where that takes too long none are taken and the thread goes on: room saves memory, nothing else depends on it.
 */
export function takeCaptureRoom(room: CaptureRoom, bytes: number, patienceMs = PATIENCE_MS): number {
  const taken = new Int32Array(room);
  const wanted = Math.min(bytes, ROOM_BYTES);
  for (;;) {
    const before = Atomics.load(taken, 0);
    if (before + wanted > ROOM_BYTES) {
      if (Atomics.wait(taken, 0, before, patienceMs) === 'timed-out') return 0;
    } else if (Atomics.compareExchange(taken, 0, before, before + wanted) === before) return wanted;
  }
}

/** Gives room back and lets the threads that wait look again. */
export function leaveCaptureRoom(room: CaptureRoom, bytes: number): void {
  const taken = new Int32Array(room);
  Atomics.sub(taken, 0, bytes);
  Atomics.notify(taken, 0);
}

/** Room in shared memory for the large captured files of all threads: one 32-bit count of bytes. */
export type CaptureBudget = SharedArrayBuffer;

/** Captures up to this many bytes need no room: each thread has a buffer of that size, which it uses again and again. */
export const FREE_CAPTURE_BYTES = 4 * 1024 * 1024;

/** Larger captures held at once: the largest libraries of real images come alone, common programs two or three at a time. */
const ROOM_BYTES = 100 * 1024 * 1024;

/** How long a thread waits for room: one that ended while it had some never gives it back. */
const PATIENCE_MS = 30_000;

export function createCaptureBudget(): CaptureBudget {
  return new SharedArrayBuffer(4);
}

/**
 * Blocks until there is room for a capture, and returns the room taken, to be given to `leaveCaptureRoom`, also when the
 * layer fails. Where that takes too long none is taken and the thread goes on: room saves memory, nothing else depends on it.
 */
export function takeCaptureRoom(budget: CaptureBudget, bytes: number, patienceMs = PATIENCE_MS): number {
  const taken = new Int32Array(budget);
  const wanted = Math.min(bytes, ROOM_BYTES);
  for (;;) {
    const before = Atomics.load(taken, 0);
    if (before + wanted > ROOM_BYTES) {
      if (Atomics.wait(taken, 0, before, patienceMs) === 'timed-out') return 0;
    } else if (Atomics.compareExchange(taken, 0, before, before + wanted) === before) return wanted;
  }
}

/** Gives room back and lets the threads that wait look again. */
export function leaveCaptureRoom(budget: CaptureBudget, room: number): void {
  const taken = new Int32Array(budget);
  Atomics.sub(taken, 0, room);
  Atomics.notify(taken, 0);
}

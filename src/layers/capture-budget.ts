import { threadId } from 'node:worker_threads';

/** A lock in shared memory that admits one thread at a time to hold a large captured file. */
export interface CaptureBudget {
  readonly lock: SharedArrayBuffer;
}

/** Captures up to this many bytes need no turn: each thread may hold one and stay within the memory target. */
export const FREE_CAPTURE_BYTES = 16 * 1024 * 1024;

export function createCaptureBudget(): CaptureBudget {
  return { lock: new SharedArrayBuffer(4) };
}

/** How long a thread waits for its turn: one that ended while it had it never gives it back. */
const PATIENCE_MS = 30_000;

/**
 * Blocks until it is this thread's turn, or goes on without where that takes too long: the turn saves memory, and nothing
 * else depends on it. Several layers read at once on one thread share its turn. Must be followed by `releaseCapture`,
 * also when the layer fails.
 */
export function acquireCapture(budget: CaptureBudget, patienceMs = PATIENCE_MS): void {
  const cell = new Int32Array(budget.lock);
  const self = threadId + 1;
  for (;;) {
    const owner = Atomics.compareExchange(cell, 0, 0, self);
    if (owner === 0 || owner === self) return;
    if (Atomics.wait(cell, 0, owner, patienceMs) === 'timed-out') return;
  }
}

/** Gives the turn back, where this thread has it. */
export function releaseCapture(budget: CaptureBudget): void {
  const cell = new Int32Array(budget.lock);
  const self = threadId + 1;
  if (Atomics.compareExchange(cell, 0, self, 0) === self) Atomics.notify(cell, 0, 1);
}

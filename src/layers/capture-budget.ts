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

/**
 * Blocks until it is this thread's turn; the thread that has it needs no other to go on. Several layers read at once
 * on one thread share its turn. Must be followed by `releaseCapture`, also when the layer fails.
 */
export function acquireCapture(budget: CaptureBudget): void {
  const cell = new Int32Array(budget.lock);
  const self = threadId + 1;
  for (;;) {
    const owner = Atomics.compareExchange(cell, 0, 0, self);
    if (owner === 0 || owner === self) return;
    Atomics.wait(cell, 0, owner);
  }
}

export function releaseCapture(budget: CaptureBudget): void {
  const cell = new Int32Array(budget.lock);
  Atomics.store(cell, 0, 0);
  Atomics.notify(cell, 0, 1);
}

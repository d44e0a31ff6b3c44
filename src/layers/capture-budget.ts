/** A lock in shared memory that admits one thread at a time to hold a large captured file. */
export interface CaptureBudget {
  readonly lock: SharedArrayBuffer;
}

/** Captures up to this many bytes need no turn: two threads with one each stay within the memory target. */
export const FREE_CAPTURE_BYTES = 16 * 1024 * 1024;

export function createCaptureBudget(): CaptureBudget {
  return { lock: new SharedArrayBuffer(4) };
}

/** Waits for the turn. Must be followed by `releaseCapture`, also when the layer fails. */
export async function acquireCapture(budget: CaptureBudget): Promise<void> {
  const cell = new Int32Array(budget.lock);
  while (Atomics.compareExchange(cell, 0, 0, 1) !== 0) {
    const turn = Atomics.waitAsync(cell, 0, 1);
    if (turn.async) await turn.value;
  }
}

export function releaseCapture(budget: CaptureBudget): void {
  const cell = new Int32Array(budget.lock);
  Atomics.store(cell, 0, 0);
  Atomics.notify(cell, 0, 1);
}

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { acquireCapture, createCaptureBudget, releaseCapture } from '../../src/layers/capture-budget.ts';

/** A thread that takes the turn and ends without giving it back. */
async function dieWithTurn(lock: SharedArrayBuffer): Promise<void> {
  const thread = new Worker(
    "const { workerData, threadId } = require('node:worker_threads'); Atomics.store(new Int32Array(workerData), 0, threadId + 1);",
    { eval: true, workerData: lock },
  );
  await once(thread, 'exit');
}

describe('the turn to hold a large capture', () => {
  it('is shared by the layers of one thread and given back', () => {
    const budget = createCaptureBudget();
    expect([acquireCapture(budget), acquireCapture(budget)]).toEqual([true, true]);
    releaseCapture(budget);
    expect(new Int32Array(budget.lock)[0]).toBe(0);
  });

  it('is not waited for without end when its holder died', async () => {
    const budget = createCaptureBudget();
    await dieWithTurn(budget.lock);
    expect(acquireCapture(budget, 10)).toBe(false);
    releaseCapture(budget);
    expect(acquireCapture(budget, 10)).toBe(true);
  });
});

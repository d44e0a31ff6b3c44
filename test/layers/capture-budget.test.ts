import { expect, it } from 'vitest';
import { acquireCapture, createCaptureBudget, releaseCapture } from '../../src/layers/capture-budget.ts';

it('takes the turn and gives it back', () => {
  const budget = createCaptureBudget();
  const [free] = new Int32Array(budget.lock);
  acquireCapture(budget);
  expect(new Int32Array(budget.lock)[0]).not.toBe(free);
  releaseCapture(budget);
  expect(new Int32Array(budget.lock)[0]).toBe(free);
});

it('goes on without the turn of a thread that ended with it, and leaves it that turn', () => {
  const budget = createCaptureBudget();
  const ended = 1_000_000;
  new Int32Array(budget.lock)[0] = ended;
  acquireCapture(budget, 1);
  releaseCapture(budget);
  expect(new Int32Array(budget.lock)[0]).toBe(ended);
});

import { expect, it } from 'vitest';
import { createCaptureBudget, leaveCaptureRoom, takeCaptureRoom } from '../../src/layers/capture-budget.ts';

const MIB = 1024 * 1024;

it('lets captures lie beside each other as long as there is room', () => {
  const budget = createCaptureBudget();
  expect(takeCaptureRoom(budget, 50 * MIB)).toBe(50 * MIB);
  expect(takeCaptureRoom(budget, 50 * MIB)).toBe(50 * MIB);
});

it('goes on without room where it is not given back in time', () => {
  const budget = createCaptureBudget();
  takeCaptureRoom(budget, 80 * MIB);
  expect(takeCaptureRoom(budget, 21 * MIB, 1)).toBe(0);
});

it('takes room that was given back', () => {
  const budget = createCaptureBudget();
  leaveCaptureRoom(budget, takeCaptureRoom(budget, 100 * MIB));
  expect(takeCaptureRoom(budget, 100 * MIB, 1)).toBe(100 * MIB);
});

it('lets a capture larger than all room come alone', () => {
  const budget = createCaptureBudget();
  const room = takeCaptureRoom(budget, 8 * 1024 * MIB);
  expect(takeCaptureRoom(budget, 17 * MIB, 1)).toBe(0);
  leaveCaptureRoom(budget, room);
  expect(takeCaptureRoom(budget, 17 * MIB, 1)).toBe(17 * MIB);
});

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createCaptureRoom, leaveCaptureRoom, takeCaptureRoom } from '../../src/layers/capture-room.ts';

const MIB = 1024 * 1024;

it('lets captures lie beside each other as long as there is room', () => {
  const room = createCaptureRoom();
  expect(takeCaptureRoom(room, 80 * MIB)).toBe(80 * MIB);
  expect(takeCaptureRoom(room, 80 * MIB)).toBe(80 * MIB);
});

it('goes on without room where it is not given back in time', () => {
  const room = createCaptureRoom();
  takeCaptureRoom(room, 140 * MIB);
  expect(takeCaptureRoom(room, 21 * MIB, 1)).toBe(0);
});

it('takes room that was given back', () => {
  const room = createCaptureRoom();
  leaveCaptureRoom(room, takeCaptureRoom(room, 160 * MIB));
  expect(takeCaptureRoom(room, 160 * MIB, 1)).toBe(160 * MIB);
});

it('lets a capture larger than all room come alone', () => {
  const room = createCaptureRoom();
  const taken = takeCaptureRoom(room, 8 * 1024 * MIB);
  expect(takeCaptureRoom(room, 17 * MIB, 1)).toBe(0);
  leaveCaptureRoom(room, taken);
  expect(takeCaptureRoom(room, 17 * MIB, 1)).toBe(17 * MIB);
});

it('wakes a thread that waits when room is given back', async () => {
  const room = createCaptureRoom();
  const taken = takeCaptureRoom(room, 140 * MIB);
  const waiting = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ takeCaptureRoom }) => {
      parentPort.postMessage('waits');
      parentPort.postMessage(takeCaptureRoom(workerData.room, 50 * 1024 * 1024, 20_000));
    });`,
    {
      eval: true,
      workerData: { room, module: new URL('../../src/layers/capture-room.ts', import.meta.url).href },
    },
  );
  await once(waiting, 'message');
  leaveCaptureRoom(room, taken);
  expect(await once(waiting, 'message')).toEqual([50 * MIB]);
});

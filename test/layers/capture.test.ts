import { expect, it } from 'vitest';
import { Capture } from '../../src/layers/capture.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';

const MIB = 1024 * 1024;

it('gives the room of a file back that stopped before its end', () => {
  const room = createCaptureRoom();
  const sizes: number[] = [];
  const consumer = {
    wants: () => 'yes' as const,
    wantsHead: () => true,
    file: (_: unknown, bytes: Uint8Array) => void sizes.push(bytes.length),
    tooLarge: () => undefined,
  };
  const capture = new Capture(consumer, DEFAULT_LIMITS, room);
  const half = new Uint8Array(30 * MIB);
  capture.start({ entry: 0, path: 'cut', size: 60 * MIB, mode: 0 }, undefined);
  capture.add(half, 0, false);
  capture.start({ entry: 1, path: 'whole', size: 60 * MIB, mode: 0 }, undefined);
  capture.add(half, 0, false);
  capture.add(half, half.length, true);
  capture.end();
  expect({ sizes, taken: new Int32Array(room)[0] }).toEqual({ sizes: [60 * MIB], taken: 0 });
});

import { expect, it } from 'vitest';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { analyzeLayer, type LayerTask } from '../../src/pool/analyze-layer.ts';
import { createArchiveRoom, handOverThrough } from '../../src/pool/archive-room.ts';
import type { Slot } from '../../src/pool/slot.ts';
import { slotPool } from '../../src/pool/slot-pool.ts';

const TASK: LayerTask = {
  source: { index: 0, key: 'a', kind: 'absent', file: '', offset: 0, size: 0 },
  captureRoom: createCaptureRoom(),
  decodeHere: false,
  progress: new SharedArrayBuffer(8),
};

const ARCHIVE = { entry: 0, path: '/a.jar', format: 'zip', bytes: new Uint8Array(100) } as const;

it('a layer fails with its own error, whatever becomes of an archive it handed over; the room is free again', async () => {
  const room = createArchiveRoom();
  const failing: Slot = {
    analyzeLayer: async (_task, onArchive) => {
      expect(handOverThrough(room, onArchive)(ARCHIVE)).toBe(true);
      throw new Error('the layer is damaged');
    },
    analyzeArchive: () => Promise.reject(new Error('the thread has ended')),
  };
  const pool = slotPool({ slots: [failing, failing], room, limits: DEFAULT_LIMITS, close: async () => undefined });
  await expect(pool.analyzeLayer(TASK)).rejects.toThrow('the layer is damaged');
  await expect.poll(() => new Int32Array(room)[0]).toBe(0);
});

it('a layer fails where an archive it handed over cannot be looked into', async () => {
  const room = createArchiveRoom();
  const slot: Slot = {
    analyzeLayer: async (task, onArchive) => {
      handOverThrough(room, onArchive)(ARCHIVE);
      return analyzeLayer(task, { settings: { limits: DEFAULT_LIMITS, packages: false, secrets: false } });
    },
    analyzeArchive: () => Promise.reject(new Error('the thread has ended')),
  };
  const pool = slotPool({ slots: [slot], room, limits: DEFAULT_LIMITS, close: async () => undefined });
  await expect(pool.analyzeLayer(TASK)).rejects.toThrow('the thread has ended');
});

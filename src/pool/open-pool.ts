import { createArchiveRoom } from './archive-room.ts';
import { localSlot } from './local-slot.ts';
import type { Pool, PoolOptions } from './pool.ts';
import { slotPool } from './slot-pool.ts';

/**
 * The pool for a number of threads, the calling one among them: it has read all code already and would only wait.
 * Piscina is loaded only where others are wanted.
 */
export async function openPool({ workers, settings }: PoolOptions): Promise<Pool> {
  const room = createArchiveRoom();
  const ended = new AbortController();
  if (workers <= 1) {
    const close = async (): Promise<void> => ended.abort();
    return slotPool({ slots: [localSlot(settings, ended.signal)], room, limits: settings.limits, close });
  }
  const { threadSlots } = await import('./thread-slots.ts');
  const threads = threadSlots({ threads: workers - 1, settings, room });
  const slots = [localSlot(settings, ended.signal, room), ...threads.slots];
  return slotPool({
    slots,
    room,
    limits: settings.limits,
    close: async () => {
      ended.abort();
      await threads.close();
    },
  });
}

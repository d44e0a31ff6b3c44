import type { Limits } from '../limits.ts';
import { type ArchiveFinds, archivesKeeper } from './analyze-archive.ts';
import { joinLayer } from './analyze-layer.ts';
import { type ArchiveRoom, leaveRoom } from './archive-room.ts';
import type { Pool } from './pool.ts';
import type { HandedArchive, Slot } from './slot.ts';

export interface SlotPoolOptions {
  readonly slots: readonly Slot[];
  readonly room: ArchiveRoom;
  readonly limits: Limits;
  readonly close: () => Promise<void>;
}

type Start = (slot: Slot) => void;

/**
 * Gives every slot that is free the next piece of work: archives first, for they hold memory, then layers in the order
 * they were asked for. One large layer thus keeps all threads busy.
 */
export function slotPool({ slots, room, limits, close }: SlotPoolOptions): Pool {
  const free = [...slots];
  const archives: Start[] = [];
  const layers: Start[] = [];

  const startNext = (): void => {
    while (free.length > 0) {
      const start = archives.shift() ?? layers.shift();
      if (start === undefined) return;
      const slot = free.shift();
      if (slot !== undefined) start(slot);
    }
  };
  const schedule = <T>(queue: Start[], work: (slot: Slot) => Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    queue.push((slot) => {
      const release = (): void => {
        free.push(slot);
        startNext();
      };
      work(slot).then(resolve, reject).finally(release);
    });
    startNext();
    return promise;
  };
  const lookInto = (layer: number, archive: HandedArchive): Promise<ArchiveFinds> => {
    const { length } = archive.bytes;
    return schedule(archives, (slot) => slot.analyzeArchive({ layer, archive }).finally(() => leaveRoom(room, length)));
  };

  return {
    analyzeLayer: async (task) => {
      const handed: Promise<void>[] = [];
      const archives = archivesKeeper(limits);
      const read = await schedule(layers, (slot) =>
        slot.analyzeLayer(task, (archive) => {
          const finds = lookInto(task.source.index, archive).then((found) => archives.add(found));
          // heard below; where the layer itself fails first, nobody asks any more
          finds.catch(() => undefined);
          handed.push(finds);
        }),
      );
      await Promise.all(handed);
      return joinLayer(read, archives.finish(), limits);
    },
    close: async () => {
      archives.length = 0;
      layers.length = 0;
      await close();
    },
  };
}

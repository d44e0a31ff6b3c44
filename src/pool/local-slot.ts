import { analyzeArchive } from './analyze-archive.ts';
import { analyzeLayer } from './analyze-layer.ts';
import { type ArchiveRoom, handOverThrough } from './archive-room.ts';
import type { VisitSettings } from './file-visitor.ts';
import type { Slot } from './slot.ts';

/** The calling thread. Without room it keeps all archives; `signal` ends a layer at its next chunk. */
export function localSlot(settings: VisitSettings, signal: AbortSignal, room?: ArchiveRoom): Slot {
  return {
    analyzeLayer: (task, onArchive) =>
      analyzeLayer(task, {
        settings,
        signal,
        ...(room === undefined ? {} : { handOver: handOverThrough(room, onArchive) }),
      }),
    analyzeArchive: async (task) => analyzeArchive(task, settings),
  };
}

import { extname } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { ArchiveFinds } from './analyze-archive.ts';
import type { ArchiveRoom } from './archive-room.ts';
import type { VisitSettings } from './file-visitor.ts';
import type { HandedArchive, Slot } from './slot.ts';
import type { LayerRun, WorkerTask } from './worker.ts';
import { fromFailure, type WorkerReply } from './worker-reply.ts';

export interface ThreadSlotOptions {
  readonly threads: number;
  readonly settings: VisitSettings;
  readonly room: ArchiveRoom;
}

/** Piscina's threads, each a slot; results are moved, not copied. */
export function threadSlots(options: ThreadSlotOptions): { readonly slots: Slot[]; close(): Promise<void> } {
  const piscina = new Piscina<WorkerTask, WorkerReply<LayerRun | ArchiveFinds>>({
    name: 'run',
    filename: new URL(`./worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: options.threads,
    maxThreads: options.threads,
    workerData: options.settings,
    recordTiming: false,
    // Layers stream through; a young generation of the default size would only hold garbage: 30 MB a thread.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  const run = async (task: WorkerTask, moved: ArrayBuffer | MessagePort): Promise<LayerRun | ArchiveFinds> => {
    const reply = await piscina.run(task, { transferList: [moved] });
    if ('failure' in reply) throw fromFailure(reply.failure);
    return reply.result;
  };
  const slot: Slot = {
    analyzeLayer: async (layer, onArchive) => {
      const { port1, port2 } = new MessageChannel();
      const arrivals = countArrivals(port1, onArchive);
      try {
        const done = await run({ layer, room: options.room, port: port2 }, port2);
        if (!('read' in done)) throw new Error('a layer was answered with an archive');
        await arrivals(done.handed);
        return done.read;
      } finally {
        port1.close();
      }
    },
    analyzeArchive: async (archive) => {
      const finds = await run({ archive }, archive.archive.bytes.buffer);
      if ('read' in finds) throw new Error('an archive was answered with a layer');
      return finds;
    },
  };
  return { slots: Array.from({ length: options.threads }, () => slot), close: () => piscina.destroy() };
}

/** Passes on what comes through the port; the returned function waits until a number of archives has come. */
function countArrivals(
  port: MessagePort,
  onArchive: (archive: HandedArchive) => void,
): (count: number) => Promise<void> {
  let arrived = 0;
  let onArrival = (): void => undefined;
  port.on('message', (archive: HandedArchive) => {
    arrived += 1;
    onArchive(archive);
    onArrival();
  });
  return async (count) => {
    while (arrived < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      onArrival = resolve;
      await promise;
    }
  };
}

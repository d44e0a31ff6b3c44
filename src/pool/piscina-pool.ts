import { extname } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { ArchiveFinds, LayerArchive } from './analyze-archive.ts';
import { joinLayer } from './analyze-layer.ts';
import { createArchiveRoom } from './archive-room.ts';
import type { Pool, PoolOptions } from './pool.ts';
import type { LayerRun, WorkerTask } from './worker.ts';
import { fromFailure, type WorkerReply } from './worker-reply.ts';

/**
 * One layer per thread at a time; results are moved, not copied. Archives that the thread of a layer hands over are
 * looked into by whichever thread is free, so that one large layer keeps all of them busy.
 */
export function piscinaPool(options: PoolOptions): Pool {
  const piscina = new Piscina<WorkerTask, WorkerReply<LayerRun | ArchiveFinds>>({
    name: 'run',
    filename: new URL(`./worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: options.workers,
    maxThreads: options.workers,
    workerData: options.settings,
    recordTiming: false,
    // Layers stream through; a young generation of the default size would only hold garbage: 30 MB a thread.
    resourceLimits: { maxYoungGenerationSizeMb: 6 },
  });
  const room = createArchiveRoom();
  const run = async (
    task: WorkerTask,
    transferList: (ArrayBuffer | MessagePort)[],
  ): Promise<LayerRun | ArchiveFinds> => {
    const reply = await piscina.run(task, { transferList });
    if ('failure' in reply) throw fromFailure(reply.failure);
    return reply.result;
  };
  const runArchive = async (layer: number, archive: HandedArchive): Promise<ArchiveFinds> => {
    const finds = await run({ archive: { layer, archive }, room }, [archive.bytes.buffer]);
    if ('read' in finds) throw new Error('an archive was answered with a layer');
    return finds;
  };
  return {
    analyzeLayer: async (layer) => {
      const { port1, port2 } = new MessageChannel();
      const handed = handedArchives(port1, (archive) => runArchive(layer.source.index, archive));
      try {
        const layerRun = await run({ layer, room, port: port2 }, [port2]);
        if (!('read' in layerRun)) throw new Error('a layer was answered with an archive');
        return joinLayer(layerRun.read, await handed(layerRun.handed));
      } finally {
        port1.close();
      }
    },
    close: () => piscina.destroy(),
  };
}

interface HandedArchive extends LayerArchive {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Looks into the archives that come through the port; the returned function waits for as many as were handed over. */
function handedArchives(
  port: MessagePort,
  analyze: (archive: HandedArchive) => Promise<ArchiveFinds>,
): (count: number) => Promise<ArchiveFinds[]> {
  const finds: Promise<ArchiveFinds>[] = [];
  let onArrival = (): void => undefined;
  port.on('message', (archive: HandedArchive) => {
    const found = analyze(archive);
    // heard below; where the layer itself fails first, nobody asks any more
    found.catch(() => undefined);
    finds.push(found);
    onArrival();
  });
  return async (count) => {
    while (finds.length < count) await new Promise<void>((resolve) => (onArrival = resolve));
    return await Promise.all(finds);
  };
}

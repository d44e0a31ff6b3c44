import { type MessagePort, workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { ownedBuffers } from '../detect/owned-files.ts';
import { transferables } from '../layers/layer-index.ts';
import { type ArchiveFinds, type ArchiveTask, analyzeArchive } from './analyze-archive.ts';
import { analyzeLayer, type LayerRead, type LayerTask } from './analyze-layer.ts';
import { type ArchiveRoom, handOverThrough } from './archive-room.ts';
import type { VisitSettings } from './file-visitor.ts';
import { toFailure, type WorkerReply } from './worker-reply.ts';

/** One piece of work for a thread: a layer with the port that archives leave it by, or an archive. */
export type WorkerTask =
  | { readonly layer: LayerTask; readonly room: ArchiveRoom; readonly port: MessagePort }
  | { readonly archive: ArchiveTask };

/** A layer, and the number of its archives that were handed over. */
export interface LayerRun {
  readonly read: LayerRead;
  readonly handed: number;
}

/** What the pool was opened with. */
const settings: VisitSettings = workerData;

/** Entry of a worker thread: one task in, one reply out. */
export async function run(task: WorkerTask): Promise<unknown> {
  try {
    if ('archive' in task)
      return { result: analyzeArchive(task.archive, settings) } satisfies WorkerReply<ArchiveFinds>;
    return await runLayer(task);
  } catch (error) {
    return { failure: toFailure(error) } satisfies WorkerReply<LayerRun>;
  }
}

async function runLayer({ layer, room, port }: Extract<WorkerTask, { layer: unknown }>): Promise<unknown> {
  let handed = 0;
  const handOver = handOverThrough(room, (archive) => {
    port.postMessage(archive, [archive.bytes.buffer]);
    handed += 1;
  });
  const read = await analyzeLayer(layer, { settings, handOver });
  const reply: WorkerReply<LayerRun> = { result: { read, handed } };
  const { held, owned } = read.detections;
  const buffers = [
    ...transferables(read.index),
    ...held.map((file) => file.bytes.buffer),
    ...owned.flatMap(ownedBuffers),
  ];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: reply });
}

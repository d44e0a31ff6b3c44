import { type MessagePort, workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { transferables } from '../layers/layer-index.ts';
import { type ArchiveFinds, type ArchiveTask, analyzeArchive } from './analyze-archive.ts';
import { analyzeLayer, type HandOver, type LayerRead, type LayerTask } from './analyze-layer.ts';
import { type ArchiveRoom, leaveRoom, takeRoom } from './archive-room.ts';
import type { VisitSettings } from './file-visitor.ts';
import { toFailure, type WorkerReply } from './worker-reply.ts';

/** One piece of work for a thread: a layer with the port that its archives leave by, or an archive. */
export type WorkerTask =
  | { readonly layer: LayerTask; readonly room: ArchiveRoom; readonly port: MessagePort }
  | { readonly archive: ArchiveTask; readonly room: ArchiveRoom };

/** A layer, and the number of its archives that were handed over. */
export interface LayerRun {
  readonly read: LayerRead;
  readonly handed: number;
}

/** What the pool was opened with. */
const settings: VisitSettings = workerData;

/** Entry of a worker thread: one task in, one reply out. */
export async function run(task: WorkerTask): Promise<unknown> {
  return 'layer' in task ? await runLayer(task) : runArchive(task);
}

async function runLayer(task: Extract<WorkerTask, { layer: unknown }>): Promise<unknown> {
  let handed = 0;
  const handOver: HandOver = (archive) => {
    if (!takeRoom(task.room, archive.bytes.length)) return false;
    const bytes = new Uint8Array(archive.bytes);
    task.port.postMessage({ ...archive, bytes }, [bytes.buffer]);
    handed += 1;
    return true;
  };
  try {
    const read = await analyzeLayer(task.layer, settings, handOver);
    const reply: WorkerReply<LayerRun> = { result: { read, handed } };
    const buffers = [...transferables(read.index), ...read.detections.held.map((file) => file.bytes.buffer)];
    return move({ [transferableSymbol]: buffers, [valueSymbol]: reply });
  } catch (error) {
    return { failure: toFailure(error) } satisfies WorkerReply<LayerRun>;
  }
}

function runArchive(task: Extract<WorkerTask, { archive: unknown }>): WorkerReply<ArchiveFinds> {
  try {
    return { result: analyzeArchive(task.archive, settings) };
  } catch (error) {
    return { failure: toFailure(error) };
  } finally {
    leaveRoom(task.room, task.archive.archive.bytes.length);
  }
}

import { move, transferableSymbol, valueSymbol } from 'piscina';
import { transferables } from '../layers/layer-index.ts';
import { analyzeLayer, type LayerTask } from './analyze-layer.ts';
import { toFailure, type WorkerReply } from './worker-reply.ts';

/** Entry of a worker thread: one layer in, one result out. */
export async function run(task: LayerTask): Promise<unknown> {
  let reply: WorkerReply;
  try {
    reply = { result: await analyzeLayer(task) };
  } catch (error) {
    return { failure: toFailure(error) } satisfies WorkerReply;
  }
  const { index, detections } = reply.result;
  const buffers = [...transferables(index), ...detections.held.map((file) => file.bytes.buffer)];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: reply });
}

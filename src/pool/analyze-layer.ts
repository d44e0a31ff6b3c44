import { type NestedBudget, nestedBudget } from '../archive-formats/nested.ts';
import { compareText } from '../bytes/compare-text.ts';
import { joinDetections } from '../detect/join-detections.ts';
import { headFormat, refusedUnread } from '../detect/look-inside.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { CaptureRoom } from '../layers/capture-room.ts';
import { indexLayer } from '../layers/index-layer.ts';
import type { LayerConsumer, StreamBlock, StreamedFile, StreamSpan } from '../layers/layer-consumer.ts';
import type { LayerIndex } from '../layers/layer-index.ts';
import type { Limits } from '../limits.ts';
import { type ArchiveFinds, analyzeArchive, archivesKeeper, type LayerArchive } from './analyze-archive.ts';
import { FileVisitor, type VisitSettings } from './file-visitor.ts';
import { type Finds, type FindsKeeper, joinLost } from './finds-keeper.ts';
import { visitLinkedFiles } from './linked-files.ts';
import { threadMemory } from './thread-memory.ts';

/** What one thread needs to know to analyze one layer: plain data. */
export interface LayerTask {
  readonly source: LayerSource;
  readonly captureRoom: CaptureRoom;
  /** Whether gzip is decoded on the thread itself: for when no other would be idle. */
  readonly decodeHere: boolean;
  /** One 64-bit counter of stored bytes read, shared by all threads. */
  readonly progress: SharedArrayBuffer;
}

/** Everything one pass over a layer yields. */
export interface LayerResult extends Finds {
  readonly index: LayerIndex;
}

/** One pass over a layer, what was found in its larger archives still apart. */
export interface LayerRead extends LayerResult {
  readonly archives: readonly ArchiveFinds[];
}

/** Offers an archive to other threads; false where none has room for it. The bytes are valid during the call only. */
export type HandOver = (archive: LayerArchive) => boolean;

export interface AnalyzeLayerOptions {
  readonly settings: VisitSettings;
  readonly handOver?: HandOver;
  /** Ends the pass between two chunks. */
  readonly signal?: AbortSignal;
}

/** From this size on an archive is a piece of work of its own. */
const OWN_WORK_BYTES = 64 * 1024;

/** One streaming pass over one layer: verify, index, detect, search for secrets. */
export async function analyzeLayer(task: LayerTask, options: AnalyzeLayerOptions): Promise<LayerRead> {
  const { settings, signal, handOver = () => false } = options;
  const pass = new LayerPass(task.source.index, settings, handOver);
  const counter = new BigInt64Array(task.progress);
  const reading = {
    limits: settings.limits,
    memory: threadMemory(),
    captureRoom: task.captureRoom,
    decodeHere: task.decodeHere,
    ...(signal === undefined ? {} : { signal }),
  };
  const onProgress = (bytes: number): bigint => Atomics.add(counter, 0, BigInt(bytes));
  const index = await indexLayer(task.source, { ...reading, consumer: pass, onProgress });
  await visitLinkedFiles(task.source, index.entries, pass.visitor, reading);
  return { index, ...pass.visitor.finish(), archives: pass.archives.finish() };
}

/** The layer as a whole: the same whichever thread looked into which archive. */
export function joinLayer(read: LayerRead, handed: readonly ArchiveFinds[], limits: Limits): LayerResult {
  const { index, archives, ...layer } = read;
  const keeper = archivesKeeper(limits);
  for (const part of [{ ...layer, entry: -1 }, ...archives, ...handed]) keeper.add(part);
  const parts = keeper.finish();
  return {
    index,
    detections: joinDetections(parts.map((part) => part.detections)),
    secrets: parts.flatMap((part) => part.secrets).sort((left, right) => compareText(left.path, right.path)),
    ...joinLost(parts),
  };
}

/** Feeds what streams by to the detectors and the secret scanner. */
class LayerPass implements LayerConsumer {
  readonly visitor: FileVisitor;
  readonly archives: FindsKeeper<ArchiveFinds>;
  readonly #layer: number;
  readonly #settings: VisitSettings;
  readonly #handOver: HandOver;
  /** Of all archives that are no work of their own: hundreds of small bombs are a large one. */
  readonly #smallArchives: NestedBudget;

  constructor(layer: number, settings: VisitSettings, handOver: HandOver) {
    this.#layer = layer;
    this.#settings = settings;
    this.#handOver = handOver;
    this.archives = archivesKeeper(settings.limits);
    this.#smallArchives = nestedBudget(settings.limits.nestedBytes);
    this.visitor = new FileVisitor(settings, layer);
  }

  wants(file: StreamedFile): 'yes' | 'no' | 'ask' {
    if (this.visitor.isWantedByPath(file.path, file.size)) return 'yes';
    return file.size > 0 && (this.#settings.packages || this.#settings.secrets) ? 'ask' : 'no';
  }

  wantsHead(file: StreamedFile, head: Uint8Array): boolean {
    if (this.visitor.isWantedByHead(head, file.size)) return true;
    const format = headFormat(head);
    if (format === undefined) return false;
    const refusal = refusedUnread(format, file.size, this.#settings.limits);
    if (refusal !== undefined) this.visitor.detections.problem(file.path, refusal);
    return refusal === undefined;
  }

  file(file: StreamedFile, bytes: Uint8Array): void {
    const { path, mode, entry } = file;
    const format = this.visitor.visitFile({ path, mode, entry, bytes });
    if (format === undefined) return;
    const archive = { path, entry, format, bytes };
    if (bytes.length < OWN_WORK_BYTES) this.visitor.visitArchive(archive, format, this.#smallArchives);
    else if (!this.#handOver(archive))
      this.archives.add(analyzeArchive({ layer: this.#layer, archive }, this.#settings));
  }

  tooLarge(file: StreamedFile): void {
    const detail = `${file.size} bytes are more than a detector may hold; packages and archive members in it were not looked for`;
    this.visitor.detections.problem(file.path, { code: 'PLM_LIMIT', detail });
  }

  block(block: StreamBlock, spans: readonly StreamSpan[]): void {
    this.visitor.secrets?.block(block, spans);
  }
}

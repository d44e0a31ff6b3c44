import type { ArchiveFinds, ArchiveTask, LayerArchive } from './analyze-archive.ts';
import type { LayerRead, LayerTask } from './analyze-layer.ts';

/** An archive with bytes of its own, on its way to whichever thread is free. */
export interface HandedArchive extends LayerArchive {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A thread that does one piece of work at a time: the calling one, or one of Piscina's. */
export interface Slot {
  /** `onArchive` is told all archives that leave the layer before the promise settles. */
  analyzeLayer(task: LayerTask, onArchive: (archive: HandedArchive) => void): Promise<LayerRead>;
  /** Takes the archive's bytes with it. */
  analyzeArchive(task: ArchiveTask & { readonly archive: HandedArchive }): Promise<ArchiveFinds>;
}

import { nestedBudget, nestedBytesFor } from '../archive-formats/nested.ts';
import type { InsideFormat } from '../detect/look-inside.ts';
import type { Limits } from '../limits.ts';
import { FileVisitor, type VisitSettings } from './file-visitor.ts';
import { type Finds, FindsKeeper } from './finds-keeper.ts';

/** An archive that is a file of a layer. */
export interface LayerArchive {
  /** Row in the layer's entry table. */
  readonly entry: number;
  readonly path: string;
  readonly format: InsideFormat;
  readonly bytes: Uint8Array;
}

/** What one thread needs to know to look into one archive: plain data. */
export interface ArchiveTask {
  readonly layer: number;
  readonly archive: LayerArchive;
}

/** What was found in one archive. */
export interface ArchiveFinds extends Finds {
  readonly entry: number;
}

/** Holds what was found in the archives of a layer, the first ones first. */
export function archivesKeeper(limits: Limits): FindsKeeper<ArchiveFinds> {
  return new FindsKeeper(limits, (left, right) => left.entry - right.entry);
}

/** Looks into one archive, apart from the layer it is in; the outcome depends on nothing else. */
export function analyzeArchive(task: ArchiveTask, settings: VisitSettings): ArchiveFinds {
  const { archive, layer } = task;
  const visitor = new FileVisitor(settings, layer);
  const bytes = nestedBytesFor(archive.bytes.length, settings.limits);
  visitor.visitArchive(archive, archive.format, nestedBudget(bytes));
  return { entry: archive.entry, ...visitor.finish() };
}

import type { Detector } from '../detect/detector.ts';
import { joinDetections } from '../detect/join-detections.ts';
import { DETECTORS } from '../detect/registry.generated.ts';
import { compileRoute } from '../detect/route.ts';
import { DetectionCollector } from '../detect/run-detectors.ts';
import { PlimsollError } from '../errors.ts';
import type { LayerSource, OpenedImage } from '../image/opened-image.ts';
import type { FileEntry, FileTree } from '../layers/file-tree.ts';
import { findContent } from '../layers/find-content.ts';
import { readContent } from '../layers/read-content.ts';
import type { LayerHistory } from '../layers/squash.ts';
import type { Limits } from '../limits.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { LayerResult } from '../pool/analyze-layer.ts';
import { isReadAsLink } from '../pool/linked-files.ts';

/** Where the directories stand that the suffix of a selector begins with. */
const ROOTS = ['', '/var', '/usr'];
/** Directories that make a suffix the place of a database and not a kind of file. */
const PLACE = /^(?:\/[^/]+){3,}$/;

/** For each a layer is read up to the file: no real image has more than one or two. */
const MAX_READINGS = 16;

/** A database that package managers find through a link while its bytes lie under a name that no detector knows. */
interface LinkedDatabase {
  readonly detector: Detector;
  /** Where package managers look for it. */
  readonly path: string;
  readonly content: FileEntry;
}

export interface ReadLinkedDatabasesOptions {
  readonly history: LayerHistory;
  readonly limits: Limits;
}

/**
 * The layers, with what linked databases tell added to those that hold their bytes: files are read as they stream by, when
 * nobody knows yet what will lead to them. Lower layers tell what such a file said before.
 */
export async function readLinkedDatabases(
  image: OpenedImage,
  layers: readonly LayerResult[],
  { history, limits }: ReadLinkedDatabasesOptions,
): Promise<readonly LayerResult[]> {
  const linked = linkedDatabases(history.view(), DETECTORS);
  if (linked.length === 0) return layers;
  const route = compileRoute(DETECTORS);
  const read = [...layers];
  let readings = 0;
  for (const [index, layer] of [...layers.entries()].reverse()) {
    const collector = new DetectionCollector(index, limits);
    for (const database of linked) {
      const place = instanceIn(history, database, index);
      const source = image.layers[index];
      if (place === undefined || source === undefined) continue;
      readings += 1;
      const mayRead = readings <= MAX_READINGS && place.size <= limits.capturedFileBytes;
      const bytes = mayRead ? await contentOf({ source, layer, limits }, place.entry) : undefined;
      if (bytes === undefined) collector.problem(database.path, unread(database));
      else collector.visit({ ...place, path: database.path, bytes }, route.byPath(database.path, bytes.length));
    }
    read[index] = { ...layer, detections: joinDetections([layer.detections, collector.result()]) };
  }
  return read;
}

/** The file that is linked to, as this layer has it: the one of the final view, or what stood there before. */
function instanceIn(history: LayerHistory, { content }: LinkedDatabase, layer: number): FileEntry | undefined {
  if (layer >= content.layer) return layer === content.layer ? content : undefined;
  const found = findContent(history, content.path, layer);
  return found?.layer === layer ? found : undefined;
}

interface ReadLayer {
  readonly source: LayerSource;
  readonly layer: LayerResult;
  readonly limits: Limits;
}

/** Undefined where the map of a sparse file lies or is too large. */
async function contentOf({ source, layer, limits }: ReadLayer, entry: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  try {
    // the reader hands out windows of a buffer that it fills again
    for await (const chunk of readContent(source, layer.index, { entry, limits })) parts.push(Uint8Array.from(chunk));
  } catch (error) {
    if (error instanceof PlimsollError) return undefined;
    throw error;
  }
  return Buffer.concat(parts);
}

function unread({ detector, content }: LinkedDatabase): ProblemDraft {
  const detail = `${detector.title}: it leads to ${content.path}, which cannot be read or held: packages it names are missing`;
  return { code: 'PLM_FILE_UNREADABLE', detail };
}

/** The databases of the final view whose bytes no detector was given. */
function linkedDatabases(tree: FileTree, detectors: readonly Detector[]): readonly LinkedDatabase[] {
  return detectors.flatMap((detector) =>
    placesOf(detector).flatMap((path) => {
      const { file } = tree.resolve(path);
      const content = file === undefined ? undefined : tree.content(file);
      const isLost = file !== undefined && content !== undefined && !isRead(detector, file, content);
      return isLost ? [{ detector, path, content }] : [];
    }),
  );
}

function placesOf(detector: Detector): readonly string[] {
  return detector.select.flatMap((selector) =>
    'suffix' in selector && PLACE.test(selector.suffix) ? ROOTS.map((root) => `${root}${selector.suffix}`) : [],
  );
}

/** Whether the detector was given the content: under its own name, or under that of a hard link in its layer. */
function isRead(detector: Detector, file: FileEntry, { path, size, layer }: FileEntry): boolean {
  const route = compileRoute([detector]);
  const { now, hold } = route.byPath(path, size);
  if (hold || now.length > 0) return true;
  return file.layer === layer && isReadAsLink(route.byPath(file.path, size), size);
}

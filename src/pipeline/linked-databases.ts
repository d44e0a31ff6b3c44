import type { Detector } from '../detect/detector.ts';
import { compileRoute } from '../detect/route.ts';
import type { FileEntry, FileTree } from '../layers/file-tree.ts';
import type { Problem } from '../model/problem.ts';
import { LINKED_FILE_BYTES } from '../pool/linked-files.ts';

/** Where the directories stand that the suffix of a selector begins with. */
const ROOTS = ['', '/var', '/usr'];
/** Directories that make a suffix the place of a database and not a kind of file. */
const PLACE = /^(?:\/[^/]+){3,}$/;

/**
 * Databases that package managers find through a link while their bytes lie under a name that no detector knows: files are
 * read as they stream by, when nobody knows yet what will lead to them.
 */
export function linkedDatabases(tree: FileTree, detectors: readonly Detector[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const detector of detectors) {
    for (const path of placesOf(detector)) {
      const { file } = tree.resolve(path);
      const content = file === undefined ? undefined : tree.content(file);
      if (file === undefined || content === undefined || isRead(detector, file, content)) continue;
      problems.push({
        code: 'PLM_FILE_UNREADABLE',
        layer: content.layer,
        path,
        detail: `${detector.title}: it leads to ${content.path}, which is not read under that name: packages it names are missing`,
      });
    }
  }
  return problems;
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
  return file.layer === layer && size <= LINKED_FILE_BYTES && route.byPath(file.path, size).now.length > 0;
}

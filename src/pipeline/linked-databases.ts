import type { Detector } from '../detect/detector.ts';
import { compileRoute } from '../detect/route.ts';
import type { FileEntry, FileTree } from '../layers/file-tree.ts';
import type { Problem } from '../model/problem.ts';

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
      const content = contentElsewhere(tree, path);
      if (content === undefined || isSelected(detector, content)) continue;
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

/** The file that holds the bytes of a path, where a link leads there: a symlink, or a hard link to a lower layer. */
function contentElsewhere(tree: FileTree, path: string): FileEntry | undefined {
  const { file, trail } = tree.resolve(path);
  const content = file === undefined ? undefined : tree.content(file);
  const isLinked = trail.length > 0 || content?.layer !== file?.layer;
  return isLinked && content?.path !== path ? content : undefined;
}

function isSelected(detector: Detector, { path, size }: FileEntry): boolean {
  const { now, hold } = compileRoute([detector]).byPath(path, size);
  return hold || now.length > 0;
}

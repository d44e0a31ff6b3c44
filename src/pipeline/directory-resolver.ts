import type { FileTree } from '../layers/file-tree.ts';
import { ENTRY_KIND } from '../layers/layer-index.ts';

/**
 * Says where a directory leads as `tree.resolve` does (the path itself where it leads nowhere), but looks up the
 * directories above it only once for all directories: nearly none is a link.
 */
export function directoryResolver(tree: FileTree): (directory: string) => string {
  const linkless = new Set<string>();
  const missing = new Set<string>();
  return (directory) => {
    for (let end = 0; end < directory.length; ) {
      const slash = directory.indexOf('/', end + 1);
      end = slash < 0 ? directory.length : slash;
      const above = directory.slice(0, end);
      if (linkless.has(above)) continue;
      if (missing.has(above)) return directory;
      const kind = tree.lookup(above)?.kind;
      if (kind === ENTRY_KIND.symlink) return tree.resolve(directory).file?.path ?? directory;
      if (kind === undefined) {
        // nothing is below what is not there, and a list may name a directory of a million parts
        missing.add(above);
        return directory;
      }
      linkless.add(above);
    }
    return directory;
  };
}

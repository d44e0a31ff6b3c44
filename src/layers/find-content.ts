import type { FileEntry } from './file-tree.ts';
import { ENTRY_KIND, entryPath } from './layer-index.ts';
import type { LayerHistory } from './squash.ts';

/**
 * The regular file whose bytes a path has: in the final view with links followed, or, where a layer is given, as that
 * layer stores it, whatever later layers did. Undefined where there is none.
 */
export function findContent(history: LayerHistory, path: string, layer?: number): FileEntry | undefined {
  if (layer === undefined) {
    const { file } = history.view().resolve(path);
    return file && history.view().content(file);
  }
  const entries = history.layers[layer]?.entries;
  if (entries === undefined) return undefined;
  for (let entry = entries.count - 1; entry >= 0; entry -= 1) {
    const kind = entries.kind[entry];
    if (kind !== ENTRY_KIND.file && kind !== ENTRY_KIND.hardLink) continue;
    if (entryPath(entries, entry) !== path && history.path(layer, entry) !== path) continue;
    const file = { path, layer, entry, kind, size: entries.size[entry] ?? 0, mode: entries.mode[entry] ?? 0 };
    return history.view(layer).content(file);
  }
  return undefined;
}

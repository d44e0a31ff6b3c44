import { ENTRY_KIND } from '../layers/layer-index.ts';
import type { LayerHistory } from '../layers/squash.ts';

/** One entry of one layer. */
export interface EntryPlace {
  readonly layer: number;
  readonly entry: number;
}

/**
 * Where hidden files are still to be read: the first path of a hard link to each that the image shows. A layer holds the bytes
 * under one path, and removing that path leaves the others.
 */
export function shownLinks(
  history: LayerHistory,
  hidden: readonly EntryPlace[],
): (place: EntryPlace) => string | undefined {
  const wanted = new Set(hidden.map(keyOf));
  const shown = new Map<string, string>();
  for (const [layer, { entries }] of wanted.size === 0 ? [] : history.layers.entries()) {
    const view = history.view(layer);
    for (const entry of entries.links.keys()) {
      if (entries.kind[entry] !== ENTRY_KIND.hardLink || history.fate(layer, entry).state !== 'present') continue;
      const path = history.path(layer, entry);
      const file = view.content({ path, layer, entry, kind: ENTRY_KIND.hardLink, size: 0, mode: 0 });
      const key = file === undefined ? '' : keyOf(file);
      const known = shown.get(key);
      if (wanted.has(key) && (known === undefined || path < known)) shown.set(key, path);
    }
  }
  return (place) => shown.get(keyOf(place));
}

function keyOf({ layer, entry }: EntryPlace): string {
  return `${layer} ${entry}`;
}

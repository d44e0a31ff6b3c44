import { parentPath } from '../archive-formats/entry.ts';
import { ENTRY_KIND, type EntryKind } from './layer-index.ts';

/**
 * Markers of OCI image-spec layer.md ("Whiteouts"): `.wh.NAME` hides NAME of the layers below, `.wh..wh..opq` hides
 * everything of the layers below in its directory. Other names that start with `.wh..wh.` are bookkeeping of AUFS.
 */
const PREFIX = '.wh.';
const METADATA_PREFIX = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';

export interface Marker {
  readonly kind: EntryKind | 'ignored';
  /** What is hidden: a path, for opaque markers the directory. */
  readonly path: string;
}

/** The marker a path is, or undefined for every other path. */
export function readMarker(path: string): Marker | undefined {
  const at = path.lastIndexOf('/') + 1;
  if (!path.startsWith(PREFIX, at)) return undefined;
  const name = path.slice(at);
  const parent = parentPath(path);
  if (name === OPAQUE) return { kind: ENTRY_KIND.opaque, path: parent === '' ? '/' : parent };
  const hidden = name.slice(PREFIX.length);
  // a name of dots would hide the directory itself or its parent
  if (name.startsWith(METADATA_PREFIX) || hidden === '' || hidden === '.' || hidden === '..')
    return { kind: 'ignored', path };
  return { kind: ENTRY_KIND.whiteout, path: `${parent}/${hidden}` };
}

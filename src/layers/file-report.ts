import type { FileReport, HiddenFile, NotableFile } from '../model/analysis.ts';
import { capabilityText } from './file-capability.ts';
import { ENTRY_KIND, type EntryTable } from './layer-index.ts';
import type { Fate, LayerHistory } from './squash.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const STICKY = 0o1000;
const WORLD_WRITABLE = 0o002;

interface Lists {
  readonly deleted: HiddenFile[];
  readonly overwritten: HiddenFile[];
  readonly setuid: NotableFile[];
  readonly capabilities: NotableFile[];
  readonly worldWritable: NotableFile[];
  readonly devices: NotableFile[];
}

interface Row {
  readonly history: LayerHistory;
  readonly entries: EntryTable;
  readonly layer: number;
  readonly row: number;
  readonly fate: Fate;
  readonly mode: number;
}

/**
 * Regular files that lower layers hold and the final file system does not show, and files of all layers whose mode or
 * attributes deserve a look; sorted by path and layer.
 */
export function reportFiles(history: LayerHistory): FileReport {
  const lists: Lists = { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [], devices: [] };
  for (const [layer, { entries }] of history.layers.entries()) {
    for (let row = 0; row < entries.count; row += 1) {
      const fate = history.fate(layer, row);
      inspect(lists, { history, entries, layer, row, fate, mode: entries.mode[row] ?? 0 });
    }
  }
  lists.deleted.sort(byPathThenLayer);
  lists.overwritten.sort(byPathThenLayer);
  for (const list of [lists.setuid, lists.capabilities, lists.worldWritable, lists.devices]) list.sort(byPathThenLayer);
  return lists;
}

function inspect(lists: Lists, row: Row): void {
  const kind = row.entries.kind[row.row];
  if (kind === ENTRY_KIND.file) {
    inspectHidden(lists, row);
    const bits = [row.mode & SETUID ? 'setuid' : '', row.mode & SETGID ? 'setgid' : ''].filter((bit) => bit !== '');
    if (bits.length > 0) lists.setuid.push(toNotable(row, bits.join(' ')));
    if (row.mode & WORLD_WRITABLE) lists.worldWritable.push(toNotable(row, 'file'));
    inspectCapability(lists, row);
  } else if (kind === ENTRY_KIND.directory) {
    // a directory that a later layer states again is not hidden by it; sticky ones are meant for everybody
    const isOpen = (row.mode & (WORLD_WRITABLE | STICKY)) === WORLD_WRITABLE;
    if (isOpen && row.fate.state !== 'overwritten') lists.worldWritable.push(toNotable(row, 'directory'));
  } else if (kind === ENTRY_KIND.characterDevice) lists.devices.push(toNotable(row, 'character device'));
  else if (kind === ENTRY_KIND.blockDevice) lists.devices.push(toNotable(row, 'block device'));
}

function inspectHidden(lists: Lists, { history, entries, layer, row, fate }: Row): void {
  const { removedIn, how } = fate;
  if (removedIn === undefined || how === undefined) return;
  const hidden = { path: history.path(layer, row), size: entries.size[row] ?? 0, addedIn: layer, removedIn, how };
  if (how === 'overwritten') lists.overwritten.push(hidden);
  else lists.deleted.push(hidden);
}

function inspectCapability(lists: Lists, row: Row): void {
  const value = row.entries.capabilities.get(row.row);
  if (value === undefined) return;
  lists.capabilities.push(toNotable(row, capabilityText(value) ?? `unreadable attribute of ${value.length} bytes`));
}

function toNotable({ history, layer, row, fate, mode }: Row, detail: string): NotableFile {
  return { path: history.path(layer, row), layer, state: fate.state, mode: mode.toString(8).padStart(4, '0'), detail };
}

function byPathThenLayer(
  left: { readonly path: string; readonly layer?: number; readonly addedIn?: number },
  right: { readonly path: string; readonly layer?: number; readonly addedIn?: number },
): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return (left.layer ?? left.addedIn ?? 0) - (right.layer ?? right.addedIn ?? 0);
}

import type { Limits } from '../limits.ts';
import type { FileReport, HiddenFile, NotableFile } from '../model/analysis.ts';
import { counted } from '../model/counted.ts';
import type { Problem } from '../model/problem.ts';
import { capabilityText } from './file-capability.ts';
import { ENTRY_KIND, type EntryTable } from './layer-index.ts';
import type { Fate, LayerHistory } from './squash.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const STICKY = 0o1000;
const WORLD_WRITABLE = 0o002;

/** Characters of the paths in one list: a long one takes no room from those that checks judge. */
const LISTED_CHARACTERS = 12 << 20;

/** The lists of files, and what they leave out. */
export interface ListedFiles {
  readonly files: FileReport;
  readonly problems: readonly Problem[];
}

type NotableName = 'setuid' | 'capabilities' | 'worldWritable' | 'devices';
type HiddenName = 'deleted' | 'overwritten';

class Lists {
  readonly #limit: number;
  readonly #hidden: Record<HiddenName, HiddenFile[]> = { deleted: [], overwritten: [] };
  readonly #notable: Record<NotableName, NotableFile[]> = {
    setuid: [],
    capabilities: [],
    worldWritable: [],
    devices: [],
  };
  readonly #left = new Map<string, number>();
  readonly #characters = new Map<string, number>();

  constructor({ listedFiles }: Limits) {
    this.#limit = listedFiles;
  }

  hidden(name: HiddenName, row: Row, removed: Pick<HiddenFile, 'removedIn' | 'how'>): void {
    const list = this.#hidden[name];
    const path = this.#path(name, list.length, row);
    const size = row.entries.size[row.row] ?? 0;
    if (path !== undefined) list.push({ path, size, addedIn: row.layer, ...removed });
  }

  notable(name: NotableName, row: Row, detail: string): void {
    const list = this.#notable[name];
    const path = this.#path(name, list.length, row);
    const mode = row.mode.toString(8).padStart(4, '0');
    if (path !== undefined) list.push({ path, layer: row.layer, state: row.fate.state, mode, detail });
  }

  /** The path of a file that there is room for. */
  #path(name: string, listed: number, { history, layer, row }: Row): string | undefined {
    const path = listed < this.#limit ? history.path(layer, row) : undefined;
    const characters = (this.#characters.get(name) ?? 0) + (path?.length ?? 0);
    if (path !== undefined && characters <= LISTED_CHARACTERS) {
      this.#characters.set(name, characters);
      return path;
    }
    this.#left.set(name, (this.#left.get(name) ?? 0) + 1);
    return undefined;
  }

  finish(): ListedFiles {
    const files = { ...this.#hidden, ...this.#notable };
    for (const list of Object.values(files)) list.sort(byPathThenLayer);
    const problems = [...this.#left].map(([name, count]) => ({
      code: 'PLM_LIMIT',
      detail: `${counted(count, 'more file')} in files.${name} than a report lists: they are not named there, their bytes are counted`,
    }));
    return { files, problems };
  }
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
 * attributes deserve a look; sorted by path and layer. Lists end at a limit, lower layers first; problems count the rest.
 */
export function reportFiles(history: LayerHistory, limits: Limits): ListedFiles {
  const lists = new Lists(limits);
  for (const [layer, { entries }] of history.layers.entries()) {
    for (let row = 0; row < entries.count; row += 1) {
      const fate = history.fate(layer, row);
      inspect(lists, { history, entries, layer, row, fate, mode: entries.mode[row] ?? 0 });
    }
  }
  return lists.finish();
}

function inspect(lists: Lists, row: Row): void {
  const kind = row.entries.kind[row.row];
  if (kind === ENTRY_KIND.file) {
    inspectHidden(lists, row);
    const bits = [row.mode & SETUID ? 'setuid' : '', row.mode & SETGID ? 'setgid' : ''].filter((bit) => bit !== '');
    if (bits.length > 0) lists.notable('setuid', row, bits.join(' '));
    if (row.mode & WORLD_WRITABLE) lists.notable('worldWritable', row, 'file');
    inspectCapability(lists, row);
  } else if (kind === ENTRY_KIND.directory) {
    // a directory that a later layer states again is not hidden by it; sticky ones are meant for everybody
    const isOpen = (row.mode & (WORLD_WRITABLE | STICKY)) === WORLD_WRITABLE;
    if (isOpen && row.fate.state !== 'overwritten') lists.notable('worldWritable', row, 'directory');
  } else if (kind === ENTRY_KIND.characterDevice) lists.notable('devices', row, 'character device');
  else if (kind === ENTRY_KIND.blockDevice) lists.notable('devices', row, 'block device');
}

function inspectHidden(lists: Lists, row: Row): void {
  const { removedIn, how } = row.fate;
  if (removedIn === undefined || how === undefined) return;
  lists.hidden(how === 'overwritten' ? 'overwritten' : 'deleted', row, { removedIn, how });
}

function inspectCapability(lists: Lists, row: Row): void {
  const value = row.entries.capabilities.get(row.row);
  if (value === undefined) return;
  lists.notable('capabilities', row, capabilityText(value) ?? `unreadable attribute of ${value.length} bytes`);
}

function byPathThenLayer(
  left: { readonly path: string; readonly layer?: number; readonly addedIn?: number },
  right: { readonly path: string; readonly layer?: number; readonly addedIn?: number },
): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return (left.layer ?? left.addedIn ?? 0) - (right.layer ?? right.addedIn ?? 0);
}

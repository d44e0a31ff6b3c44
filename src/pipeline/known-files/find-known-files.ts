import { compareText } from '../../bytes/compare-text.ts';
import { optional } from '../../bytes/json.ts';
import type { ContentDigests } from '../../layers/content-digests.ts';
import type { ListedFiles } from '../../layers/file-report.ts';
import { ENTRY_KIND, type LayerIndex } from '../../layers/layer-index.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import type { KnownFile } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Problem } from '../../model/problem.ts';
import { type ReadAgain, readDigests } from '../layer-digests.ts';
import type { HashList } from './hash-list.ts';

export interface KnownFilesInput extends ReadAgain {
  readonly known: HashList;
}

/**
 * Adds to the files of a report those whose content a list knows, of every layer: what a later layer hides is in the image
 * all the same. Members of archives are not looked at. Layers are read again; problems tell what was not looked at.
 */
export async function withKnownFiles({ files, problems }: ListedFiles, input: KnownFilesInput): Promise<ListedFiles> {
  const { history, limits } = input;
  const matches = new Matches(limits);
  const unread: Problem[] = [];
  const algorithms = [...input.known.keys()];
  const holes = { bytes: limits.ratioFloorBytes };
  for (const [layer, index] of history.layers.entries()) {
    const entries = [...filesOf(index)];
    let left = entries.length;
    const reason = await readDigests(input, { layer, entries, algorithmsOf: () => algorithms, holes }, (file) => {
      left -= 1;
      const match = knownAs(input.known, file.digestBy);
      if (match !== undefined) matches.add(layer, file.entry, match);
    });
    if (left === 0) continue;
    const detail = `${reason}: known bad files were not looked for among ${counted(left, 'file')} of this layer`;
    unread.push({ code: 'PLM_FILES_UNVERIFIED', layer, detail });
  }
  const found = [...matches.files(history)].sort(
    (one, other) => compareText(one.path, other.path) || one.layer - other.layer,
  );
  return { files: { ...files, known: found }, problems: [...problems, ...unread, ...matches.problems()] };
}

/** What a list knows of a content. */
type Match = Pick<KnownFile, 'algorithm' | 'digest' | 'name'>;

/** Rows of layers that hold known contents, as many as a report lists. */
class Matches {
  readonly #limit: number;
  readonly #byLayer = new Map<number, Map<number, Match>>();
  #listed = 0;
  #unlisted = 0;

  constructor({ listedFiles }: Limits) {
    this.#limit = listedFiles;
  }

  add(layer: number, entry: number, match: Match): void {
    if (!this.#hasRoom()) return;
    const rows = this.#byLayer.get(layer) ?? new Map<number, Match>();
    this.#byLayer.set(layer, rows.set(entry, match));
  }

  /** The files, by the names that hard links give them too: what became of one name says nothing of the others. */
  *files(history: LayerHistory): Generator<KnownFile> {
    if (this.#listed === 0) return;
    const byPath = new Map<string, Match>();
    for (const [layer, { entries }] of history.layers.entries()) {
      const rows = this.#byLayer.get(layer);
      for (let entry = 0; entry < entries.count; entry += 1) {
        const path = history.path(layer, entry);
        const isLink = entries.kind[entry] === ENTRY_KIND.hardLink;
        const match = isLink ? byPath.get(entries.links.get(entry) ?? '') : rows?.get(entry);
        if (match === undefined) {
          byPath.delete(path);
          continue;
        }
        byPath.set(path, match);
        if (isLink && !this.#hasRoom()) continue;
        const { state, removedIn } = history.fate(layer, entry);
        yield { path, layer, state, ...optional('removedIn', removedIn), ...match };
      }
    }
  }

  problems(): readonly Problem[] {
    if (this.#unlisted === 0) return [];
    const detail = `${counted(this.#unlisted, 'more file')} in files.known than a report lists: they are not named there`;
    return [{ code: 'PLM_LIMIT', detail }];
  }

  #hasRoom(): boolean {
    if (this.#listed < this.#limit) {
      this.#listed += 1;
      return true;
    }
    this.#unlisted += 1;
    return false;
  }
}

function* filesOf({ entries }: LayerIndex): Generator<number> {
  for (let entry = 0; entry < entries.count; entry += 1) if (entries.kind[entry] === ENTRY_KIND.file) yield entry;
}

function knownAs(known: HashList, digestBy: ContentDigests['digestBy']): Match | undefined {
  for (const [algorithm, digests] of known) {
    const digest = digestBy(algorithm);
    const name = digests.get(digest);
    if (name !== undefined) return { algorithm, digest, name };
  }
  return undefined;
}

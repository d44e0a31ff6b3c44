import { compareText } from '../../bytes/compare-text.ts';
import { optional } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import type { OpenedImage } from '../../image/opened-image.ts';
import { type ContentDigests, contentDigests } from '../../layers/content-digests.ts';
import type { ListedFiles } from '../../layers/file-report.ts';
import { ENTRY_KIND, type LayerIndex } from '../../layers/layer-index.ts';
import type { ReadContentsOptions } from '../../layers/read-content.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import type { KnownFile } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Problem } from '../../model/problem.ts';
import type { HashList } from './hash-list.ts';

export interface KnownFilesInput {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
  readonly known: HashList;
  readonly limits: Limits;
}

/**
 * Adds to the files of a report those whose content a list knows, of every layer: what a later layer hides is in the image
 * all the same. Members of archives are not looked at. Layers are read again; problems tell what was not looked at.
 */
export async function withKnownFiles({ files, problems }: ListedFiles, input: KnownFilesInput): Promise<ListedFiles> {
  const { history, limits } = input;
  const matches = new Matches(limits);
  const unread: Problem[] = [];
  const holes = { bytes: limits.ratioFloorBytes };
  for (const [layer, index] of history.layers.entries()) {
    const entries = [...filesOf(index)];
    let left = entries.length;
    let reason = 'the layer ends before them';
    const onUnreadable = ({ message }: PlimsollError): void => {
      reason = message;
    };
    try {
      for await (const { entry, match } of comparedIn(input, layer, { entries, holes, onUnreadable })) {
        left -= 1;
        if (match !== undefined) matches.add(layer, entry, match);
      }
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      reason = error.message;
    }
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

/** Each file in turn that was looked at, and what the list knows of it, undefined where that is nothing. */
async function* comparedIn(
  { image, history, known, limits }: KnownFilesInput,
  layer: number,
  reading: Omit<ReadContentsOptions, 'limits'>,
): AsyncGenerator<{ readonly entry: number; readonly match: Match | undefined }> {
  const [source, index] = [image.layers[layer], history.layers[layer]];
  if (source === undefined || index === undefined) throw new Error(`there is no layer ${layer}`);
  const algorithms = [...known.keys()];
  const options = { ...reading, algorithmsOf: () => algorithms, limits };
  for await (const { entry, digestBy } of contentDigests(source, index, options))
    yield { entry, match: knownAs(known, digestBy) };
}

function knownAs(known: HashList, digestBy: ContentDigests['digestBy']): Match | undefined {
  for (const [algorithm, digests] of known) {
    const digest = digestBy(algorithm);
    const name = digests.get(digest);
    if (name !== undefined) return { algorithm, digest, name };
  }
  return undefined;
}

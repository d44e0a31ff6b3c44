import { compareText } from '../../bytes/compare-text.ts';
import { optional } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import type { OpenedImage } from '../../image/opened-image.ts';
import { type ContentDigests, contentDigests } from '../../layers/content-digests.ts';
import type { ListedFiles } from '../../layers/file-report.ts';
import { ENTRY_KIND, type LayerIndex } from '../../layers/layer-index.ts';
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
  const found: KnownFile[] = [];
  const unread: Problem[] = [];
  let unlisted = 0;
  for (const [layer, index] of history.layers.entries()) {
    const entries = [...filesOf(index)];
    let left = entries.length;
    let reason = 'the layer ends before them';
    try {
      for await (const file of comparedIn(input, layer, entries)) {
        left -= 1;
        if (file === undefined) continue;
        if (found.length < limits.listedFiles) found.push(file);
        else unlisted += 1;
      }
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      reason = error.message;
    }
    if (left === 0) continue;
    const detail = `${reason}: known bad files were not looked for among ${counted(left, 'file')} of this layer`;
    unread.push({ code: 'PLM_FILES_UNVERIFIED', layer, detail });
  }
  found.sort((one, other) => compareText(one.path, other.path) || one.layer - other.layer);
  if (unlisted > 0) {
    const detail = `${counted(unlisted, 'more file')} in files.known than a report lists: they are not named there`;
    unread.push({ code: 'PLM_LIMIT', detail });
  }
  return { files: { ...files, known: found }, problems: [...problems, ...unread] };
}

function* filesOf({ entries }: LayerIndex): Generator<number> {
  for (let entry = 0; entry < entries.count; entry += 1) if (entries.kind[entry] === ENTRY_KIND.file) yield entry;
}

/** For each file in turn that was looked at, what the list knows of it, undefined where that is nothing. */
async function* comparedIn(
  { image, history, known, limits }: KnownFilesInput,
  layer: number,
  entries: readonly number[],
): AsyncGenerator<KnownFile | undefined> {
  const [source, index] = [image.layers[layer], history.layers[layer]];
  if (source === undefined || index === undefined) throw new Error(`there is no layer ${layer}`);
  const algorithms = [...known.keys()];
  const options = { entries, algorithmsOf: () => algorithms, limits };
  for await (const { entry, digestBy } of contentDigests(source, index, options)) {
    const match = knownAs(known, digestBy);
    if (match === undefined) {
      yield undefined;
      continue;
    }
    const { state, removedIn } = history.fate(layer, entry);
    yield { path: history.path(layer, entry), layer, state, ...optional('removedIn', removedIn), ...match };
  }
}

function knownAs(
  known: HashList,
  digestBy: ContentDigests['digestBy'],
): Pick<KnownFile, 'algorithm' | 'digest' | 'name'> | undefined {
  for (const [algorithm, digests] of known) {
    const digest = digestBy(algorithm);
    const name = digests.get(digest);
    if (name !== undefined) return { algorithm, digest, name };
  }
  return undefined;
}

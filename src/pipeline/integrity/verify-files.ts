import { compareText } from '../../bytes/compare-text.ts';
import { optional } from '../../bytes/json.ts';
import type { Found } from '../../detect/assemble.ts';
import type { OwnedFile } from '../../detect/ownership.ts';
import { PlimsollError } from '../../errors.ts';
import type { OpenedImage } from '../../image/opened-image.ts';
import { type ContentDigests, contentDigests } from '../../layers/content-digests.ts';
import type { ListedFiles } from '../../layers/file-report.ts';
import type { ReadContentsOptions } from '../../layers/read-content.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import type { ModifiedFile } from '../../model/analysis.ts';
import type { ContentHash } from '../../model/content-hash.ts';
import { counted } from '../../model/counted.ts';
import type { Problem } from '../../model/problem.ts';
import { digestsOf, statedContents } from './stated-contents.ts';

export interface VerifyInput {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
  readonly found: Pick<Found, 'ownership' | 'facts'>;
  readonly limits: Limits;
}

/**
 * Adds to the files of a report how those of packages compare with the digests that package databases state. Digests are
 * known once all layers were read, so layers that hold such files are read again. Problems tell what was not compared.
 */
export async function withIntegrity({ files, problems }: ListedFiles, input: VerifyInput): Promise<ListedFiles> {
  const { ownership } = input.found;
  const { byLayer, placeOf, replaced, links, withoutDigest } = statedContents(input.history, input.found);
  const isEmpty = byLayer.size === 0 && links === 0 && replaced.length === 0;
  const unverified: Problem[] = isEmpty ? [NOTHING_STATED] : [];
  const differences = new Differences(input.limits);
  for (const { listed, layer } of replaced) {
    const owned = ownership.of(listed);
    if (owned !== undefined) differences.compare(owned, { path: placeOf(listed, owned), layer });
  }
  const holes = { bytes: input.limits.ratioFloorBytes };
  for (const [layer, unread] of byLayer) {
    let reason = 'the layer ends before them';
    const onUnreadable = ({ message }: PlimsollError): void => {
      reason = message;
    };
    try {
      for await (const { entry, digestBy } of digestsIn(input, layer, { byEntry: unread, holes, onUnreadable })) {
        for (const listed of unread.get(entry) ?? []) {
          const owned = ownership.of(listed);
          if (owned !== undefined) differences.compare(owned, { path: placeOf(listed, owned), layer, digestBy });
        }
        unread.delete(entry);
      }
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      reason = error.message;
    }
    if (unread.size === 0) continue;
    const left = unread.values().reduce((sum, paths) => sum + paths.length, 0);
    const detail = `${reason}: ${counted(left, 'file')} of packages in this layer could not be verified`;
    unverified.push({ code: 'PLM_FILES_UNVERIFIED', layer, detail });
  }
  const integrity = { checked: links + differences.checked, withoutDigest, modified: differences.modified() };
  return { files: { ...files, integrity }, problems: [...problems, ...unverified, ...differences.problems()] };
}

const NOTHING_STATED: Problem = {
  code: 'PLM_FILES_UNVERIFIED',
  detail: 'no package database of the image states digests of files that are there: none could be verified',
};

/** What is at a path; without digests where that is no file. */
interface ReadContent extends Partial<Pick<ContentDigests, 'digestBy'>> {
  readonly path: string;
  readonly layer: number;
}

/** The files that are not as stated, as many as a report lists. */
class Differences {
  readonly #limit: number;
  readonly #modified: ModifiedFile[] = [];
  #unlisted = 0;
  checked = 0;

  constructor({ listedFiles }: Limits) {
    this.#limit = listedFiles;
  }

  compare(owned: OwnedFile, { path, layer, digestBy }: ReadContent): void {
    this.checked += 1;
    const [first, ...others] = digestsOf(owned);
    if (first === undefined || [first, ...others].some((stated) => digestBy?.(stated.algorithm) === stated.value))
      return;
    const { algorithm, value: expected } = first;
    const packageId = owned.owner.package.id;
    const found = optional('found', digestBy?.(algorithm));
    if (this.#modified.length >= this.#limit) this.#unlisted += 1;
    else this.#modified.push({ path, layer, packageId, algorithm, expected, ...found });
  }

  modified(): readonly ModifiedFile[] {
    return this.#modified.sort((one, other) => compareText(one.path, other.path));
  }

  problems(): readonly Problem[] {
    if (this.#unlisted === 0) return [];
    const detail = `${counted(this.#unlisted, 'more file')} in files.integrity.modified than a report lists: they are not named there`;
    return [{ code: 'PLM_LIMIT', detail }];
  }
}

/** The digests of the files of a layer, in the order the layer stores them. */
function digestsIn(
  { image, history, found, limits }: VerifyInput,
  layer: number,
  {
    byEntry,
    ...reading
  }: { readonly byEntry: ReadonlyMap<number, readonly string[]> } & Pick<ReadContentsOptions, 'holes' | 'onUnreadable'>,
): AsyncGenerator<ContentDigests> {
  const [source, index] = [image.layers[layer], history.layers[layer]];
  if (source === undefined || index === undefined) throw new Error(`there is no layer ${layer}`);
  const algorithmsOf = (entry: number): readonly ContentHash[] => {
    const files = (byEntry.get(entry) ?? []).flatMap((path) => found.ownership.of(path) ?? []);
    return [...new Set(files.flatMap((owned) => digestsOf(owned).map(({ algorithm }) => algorithm)))];
  };
  return contentDigests(source, index, { entries: [...byEntry.keys()], algorithmsOf, limits, ...reading });
}

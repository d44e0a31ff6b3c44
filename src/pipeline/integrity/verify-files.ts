import { compareText } from '../../bytes/compare-text.ts';
import { optional } from '../../bytes/json.ts';
import type { Found } from '../../detect/assemble.ts';
import type { Ownership } from '../../detect/ownership.ts';
import type { ContentDigests } from '../../layers/content-digests.ts';
import type { ListedFiles } from '../../layers/file-report.ts';
import type { ModifiedFile } from '../../model/analysis.ts';
import type { ContentHash } from '../../model/content-hash.ts';
import { counted } from '../../model/counted.ts';
import type { Problem } from '../../model/problem.ts';
import { type ReadAgain, readDigests } from '../layer-digests.ts';
import type { FilePlace } from './file-places.ts';
import { digestsOf, type StatedContents, statedContents } from './stated-contents.ts';

export interface VerifyInput extends ReadAgain {
  readonly found: Pick<Found, 'ownership' | 'facts'>;
}

/**
 * Adds to the files of a report how those of packages compare with the digests that package databases state. Digests are
 * known once all layers were read, so layers that hold such files are read again. Problems tell what was not compared.
 */
export async function withIntegrity({ files, problems }: ListedFiles, input: VerifyInput): Promise<ListedFiles> {
  const stated = statedContents(input.history, input.found);
  const { byLayer, replaced, links, withoutDigest } = stated;
  const isEmpty = byLayer.size === 0 && links === 0 && replaced.length === 0;
  const unverified: Problem[] = isEmpty ? [NOTHING_STATED] : [];
  const differences = new Differences(input, stated);
  for (const { listed, layer } of replaced) differences.compare(listed, layer);
  const holes = { bytes: input.limits.ratioFloorBytes };
  for (const [layer, byEntry] of byLayer) {
    const algorithmsOf = (entry: number): readonly ContentHash[] => differences.algorithmsOf(byEntry.get(entry) ?? []);
    const wanted = { layer, entries: [...byEntry.keys()], algorithmsOf, holes };
    const reason = await readDigests(input, wanted, ({ entry, digestBy }) => {
      for (const listed of byEntry.get(entry) ?? []) differences.compare(listed, layer, digestBy);
      byEntry.delete(entry);
    });
    if (byEntry.size === 0) continue;
    const left = byEntry.values().reduce((sum, paths) => sum + paths.length, 0);
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

/** The files that are not as stated, as many as a report lists. */
class Differences {
  readonly #limit: number;
  readonly #ownership: Ownership;
  readonly #placeOf: FilePlace;
  readonly #modified: ModifiedFile[] = [];
  #unlisted = 0;
  checked = 0;

  constructor({ limits, found }: VerifyInput, { placeOf }: StatedContents) {
    this.#limit = limits.listedFiles;
    this.#ownership = found.ownership;
    this.#placeOf = placeOf;
  }

  /** Without digests there is no file at the path. */
  compare(listed: string, layer: number, digestBy?: ContentDigests['digestBy']): void {
    const owned = this.#ownership.of(listed);
    const [first, ...others] = owned === undefined ? [] : digestsOf(owned);
    if (owned === undefined || first === undefined) throw new Error(`no package states the content of ${listed}`);
    this.checked += 1;
    if ([first, ...others].some((stated) => digestBy?.(stated.algorithm) === stated.value)) return;
    if (this.#modified.length >= this.#limit) {
      this.#unlisted += 1;
      return;
    }
    const { algorithm, value: expected } = first;
    const [path, packageId] = [this.#placeOf(listed, owned), owned.owner.package.id];
    this.#modified.push({ path, layer, packageId, algorithm, expected, ...optional('found', digestBy?.(algorithm)) });
  }

  /** What databases state of files by. */
  algorithmsOf(listed: readonly string[]): readonly ContentHash[] {
    const files = listed.flatMap((path) => this.#ownership.of(path) ?? []);
    return [...new Set(files.flatMap((owned) => digestsOf(owned).map(({ algorithm }) => algorithm)))];
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

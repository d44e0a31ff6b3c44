import type { Found } from '../../detect/assemble.ts';
import { DETECTORS } from '../../detect/registry.generated.ts';
import type { OpenedImage } from '../../image/opened-image.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Notices } from '../../model/notices.ts';
import type { Problem } from '../../model/problem.ts';
import { sortProblems } from '../compose-analysis.ts';
import { directoryResolver } from '../directory-resolver.ts';
import { commonLicensesOf, isCommonLicense } from './common-licenses.ts';
import { groupTexts, type PairedText } from './group-texts.ts';
import { judgeNotices, type MissingGate } from './judge-notices.ts';
import { type NoticeEntry, noticeEntries } from './notice-entries.ts';
import { packageFolders } from './package-folders.ts';
import { pairText, type TextPlaces } from './pair-text.ts';
import { readTexts } from './read-texts.ts';
import { shareTexts } from './share-texts.ts';
import type { TextStore } from './text-store.ts';
import { wantedFiles } from './wanted-files.ts';

/** An image that was analyzed and is still open. */
export interface NoticesInput {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
  readonly found: Pick<Found, 'ownership'>;
  readonly analysis: Pick<Analysis, 'tool' | 'image' | 'packages' | 'problems'>;
}

export interface NoticesOptions {
  readonly limits: Limits;
  /** What makes a package without it fail. */
  readonly missing?: MissingGate;
}

/** Finds the texts of all packages of the final file system, reads them, and puts each down once. */
export async function composeNotices(
  { image, history, found, analysis }: NoticesInput,
  { limits, missing }: NoticesOptions,
): Promise<Notices> {
  const entries = noticeEntries(analysis.packages);
  const tree = history.view();
  const folders = packageFolders(entries, DETECTORS, directoryResolver(tree));
  const places: TextPlaces = {
    folders,
    ownerOf: (path) => {
      const owner = found.ownership.of(path)?.owner.package.id;
      return owner === undefined ? undefined : entries.of(owner);
    },
  };
  const store = await readTexts(wantedFiles(tree, folders), {
    image,
    history,
    limits,
    isText: (path) => pairText(path, places) !== undefined,
    archives: folders.archives,
  });
  const { paired, problems, isBare } = pairAll(store, places);
  const { packages, texts } = groupTexts(entries.all, shareTexts(entries.all, paired), (id) => store.text(id) ?? '');
  const { ref, manifestDigest, configDigest, platform } = analysis.image;
  // Among texts that are there, a name that none has is a mistake of whoever wrote it.
  const lost = [...store.problems.filter(({ code }) => code !== 'PLM_NOTICE_SECRET'), ...(isBare ? problems : [])];
  return {
    schemaVersion: 1,
    tool: analysis.tool,
    image: {
      ...(ref === undefined ? {} : { ref }),
      ...(manifestDigest === undefined ? {} : { manifestDigest }),
      configDigest,
      platform,
    },
    packages,
    texts,
    gates: missing === undefined ? [] : [judgeNotices(missing, { packages, texts, lost: lost.length })],
    problems: sortProblems([...analysis.problems, ...store.problems, ...problems]),
  };
}

/** Texts with their owners; a text that only names a common licence brings that along. */
function pairAll(
  store: TextStore,
  places: TextPlaces,
): {
  readonly paired: readonly PairedText[];
  readonly problems: readonly Problem[];
  /** True where the image holds no common licence at all. */
  readonly isBare: boolean;
} {
  const paired: PairedText[] = [];
  const referrers = new Map<string, { readonly entries: Set<NoticeEntry>; count: number }>();
  for (const file of store.files) {
    if (isCommonLicense(file.path)) continue;
    const owners = pairText(file.path, places);
    if (owners === undefined) continue;
    paired.push({ ...file, ...owners });
    for (const path of commonLicensesOf(store.text(file.id) ?? '', file.path)) {
      const known = referrers.get(path) ?? { entries: new Set<NoticeEntry>(), count: 0 };
      known.count += 1;
      for (const entry of owners.entries) known.entries.add(entry);
      referrers.set(path, known);
    }
  }
  const common = new Map(store.files.filter(({ path }) => isCommonLicense(path)).map((file) => [file.path, file]));
  const problems: Problem[] = [];
  for (const [path, { entries, count }] of referrers) {
    const file = common.get(path);
    if (file !== undefined) paired.push({ ...file, kind: 'license', entries: [...entries] });
    else {
      const detail = `${counted(count, 'text')} of the image ${count === 1 ? 'refers' : 'refer'} to this licence, which it does not hold`;
      problems.push({ code: 'PLM_NOTICE_MISSING', path, detail });
    }
  }
  return { paired, problems, isBare: common.size === 0 };
}

import type { Found } from '../../detect/assemble.ts';
import { DETECTORS } from '../../detect/registry.generated.ts';
import type { OpenedImage } from '../../image/opened-image.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import type { Analysis } from '../../model/analysis.ts';
import type { Notices } from '../../model/notices.ts';
import type { Problem } from '../../model/problem.ts';
import { sortProblems } from '../compose-analysis.ts';
import { directoryResolver } from '../directory-resolver.ts';
import { groupTexts } from './group-texts.ts';
import { hideTextPaths } from './hide-text-paths.ts';
import { judgeNotices, type MissingGate } from './judge-notices.ts';
import { noticeEntries } from './notice-entries.ts';
import { packageFolders } from './package-folders.ts';
import { pairText, type TextPlaces } from './pair-text.ts';
import { pairTexts } from './pair-texts.ts';
import { readTexts } from './read-texts.ts';
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
  const { files, isCut } = wantedFiles(tree, folders, limits.listedFiles);
  const store = await readTexts(files, {
    image,
    history,
    limits,
    isText: (path) => pairText(path, places) !== undefined,
    archives: folders.archives,
  });
  const textOf = (id: string): string => store.text(id) ?? '';
  const { paired, unheld, isBare, lost } = pairTexts(store.files, textOf, { entries, places });
  const { packages, texts } = groupTexts(entries.all, paired, textOf);
  const { ref, manifestDigest, configDigest, platform } = analysis.image;
  const problems = [...store.problems, ...lost, ...(isCut ? [cut(limits)] : [])];
  // Among texts that are there, a name that none has is a mistake of whoever wrote it.
  const missed = [...problems.filter(({ code }) => code !== 'PLM_NOTICE_SECRET'), ...(isBare ? unheld : [])];
  const damaged = analysis.problems.filter(({ code }) => code === 'PLM_DATABASE_DAMAGED').length;
  return hideTextPaths({
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
    gates: missing === undefined ? [] : [judgeNotices(missing, { packages, texts, lost: missed.length, damaged })],
    problems: sortProblems([...analysis.problems, ...problems, ...unheld]),
  });
}

function cut({ listedFiles }: Limits): Problem {
  const detail = `more than ${listedFiles} files may hold texts: the others were not looked at`;
  return { code: 'PLM_NOTICE_LIMIT', detail };
}

import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { sortProblems } from '../../pipeline/compose-analysis.ts';
import { matchAgainst } from '../../pipeline/match-against.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';
import type { ArchivedImage, ArchiveStore } from '../../store/archive-store.ts';
import { distroOf } from '../../store/component.ts';
import { archivedAnalysis } from '../../store/current-analysis.ts';

/** An archived image matched with a bundle: the report that a scan of the image would give today. */
export async function matchedAnalysis(
  store: ArchiveStore,
  image: ArchivedImage,
  bundle: AdvisoryBundle | undefined,
): Promise<UnjudgedAnalysis> {
  const analysis = await archivedAnalysis(store, image);
  const { os } = analysis.image;
  const base = new Set(analysis.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
  const matched = matchAgainst(bundle, {
    packages: analysis.packages,
    distro: distroOf(os),
    inBase: (layer) => base.has(layer),
  });
  const judgedBy = bundle?.info.builtAt.slice(0, 10);
  const eol =
    os.eol === undefined || judgedBy === undefined ? os.eol : { date: os.eol.date, reached: os.eol.date < judgedBy };
  return {
    ...analysis,
    image: { ...analysis.image, os: { ...os, ...(eol === undefined ? {} : { eol }) } },
    ...matched.parts,
    problems: sortProblems([...analysis.problems, ...matched.problems]),
  };
}

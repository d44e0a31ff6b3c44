import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { sortProblems } from '../../pipeline/compose-analysis.ts';
import { reportOs } from '../../pipeline/image-report.ts';
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
  const distro = distroOf(os);
  const base = new Set(analysis.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
  const matched = matchAgainst(bundle, {
    packages: analysis.packages,
    distro,
    inBase: (layer) => base.has(layer),
  });
  return {
    ...analysis,
    image: { ...analysis.image, os: distro === undefined || bundle === undefined ? os : reportOs(distro, bundle) },
    ...matched.parts,
    problems: sortProblems([...analysis.problems, ...matched.problems]),
  };
}

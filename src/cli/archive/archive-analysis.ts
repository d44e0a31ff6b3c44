import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import type { Analysis } from '../../model/analysis.ts';
import { unjudge } from '../../policy/unjudge.ts';
import type { AddResult, ArchiveStore } from '../../store/archive-store.ts';
import { archivedAnalysis } from '../../store/current-analysis.ts';
import { bundleMark, componentMatcher } from '../../store/match-components.ts';
import { prepareImage } from '../../store/prepare-image.ts';

export interface ArchiveAnalysisOptions {
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: string;
  readonly bundle: AdvisoryBundle | undefined;
  readonly source: Uint8Array | undefined;
}

/** `kept`: the archive holds what was read from the image itself, and the SBOM of it is not put in its place. */
export type ArchiveResult = AddResult | 'kept';

/** Archives one analysis of `scan` or `archive add`. */
export async function archiveAnalysis(
  store: ArchiveStore,
  analysis: Analysis,
  options: ArchiveAnalysisOptions,
): Promise<{ readonly key: string; readonly result: ArchiveResult }> {
  const { name, labels, at, bundle, source } = options;
  const image = prepareImage(unjudge(analysis), {
    labels,
    at,
    ...(name === undefined ? {} : { name }),
    ...(source === undefined ? {} : { source }),
    ...(bundle === undefined ? {} : { matcher: { bundle: bundleMark(bundle), match: componentMatcher(bundle) } }),
  });
  if (analysis.image.kind === 'sbom' && (await isReadFromImage(store, image.key))) {
    if (Object.keys(labels).length > 0) await store.label(image.key, labels, at);
    return { key: image.key, result: 'kept' };
  }
  return { key: image.key, result: await store.add(image) };
}

/** Whether the archive holds the image with its secrets and hidden files, of which an SBOM knows nothing. */
async function isReadFromImage(store: ArchiveStore, key: string): Promise<boolean> {
  const [known] = await store.images({ keys: [key] });
  return known !== undefined && (await archivedAnalysis(store, known)).image.kind !== 'sbom';
}

export const KEPT_NOTE =
  'is archived as it was read from the image, with its secrets and hidden files: the SBOM did not take its place';

/** The name an image without a reference is filed under: what the command line called it, without folders. */
export function nameOfLocation(location: string): string | undefined {
  if (location === '-') return undefined;
  const path = location.replace(/^(?:dir|sbom):/, '');
  return path.slice(path.lastIndexOf('/') + 1) || undefined;
}

import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import type { Analysis } from '../../model/analysis.ts';
import { unjudge } from '../../policy/unjudge.ts';
import type { AddResult, ArchiveStore } from '../../store/archive-store.ts';
import { bundleMark, componentMatcher } from '../../store/match-components.ts';
import { prepareImage } from '../../store/prepare-image.ts';

export interface ArchiveAnalysisOptions {
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: string;
  readonly bundle: AdvisoryBundle | undefined;
  readonly source: Uint8Array | undefined;
}

/** Archives one analysis of `scan` or `archive add`. */
export async function archiveAnalysis(
  store: ArchiveStore,
  analysis: Analysis,
  options: ArchiveAnalysisOptions,
): Promise<{ readonly key: string; readonly result: AddResult }> {
  const { name, labels, at, bundle, source } = options;
  const image = prepareImage(unjudge(analysis), {
    labels,
    at,
    ...(name === undefined ? {} : { name }),
    ...(source === undefined ? {} : { source }),
    ...(bundle === undefined ? {} : { matcher: { bundle: bundleMark(bundle), match: componentMatcher(bundle) } }),
  });
  return { key: image.key, result: await store.add(image) };
}

/** The name an image without a reference is filed under: what the command line called it, without folders. */
export function nameOfLocation(location: string): string | undefined {
  if (location === '-') return undefined;
  const path = location.replace(/^(?:dir|sbom):/, '');
  return path.slice(path.lastIndexOf('/') + 1) || undefined;
}

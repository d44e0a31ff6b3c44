import { compareText } from '../bytes/compare-text.ts';
import type { Suppression, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import { severityRank } from '../model/severity.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { restoreAnalysis } from './archive-record.ts';
import type { ArchivedImage, ArchiveStore } from './archive-store.ts';
import { type OwnFinding, wholeFinding } from './component-finding.ts';
import { OWNER, SELF } from './match-components.ts';

/**
 * An archived image as it stands now: its analysis with the findings of the archive's current bundle, and no image at
 * hand. Undefined where the archive does not have the key. EPSS, coverage and fix plan take a bundle and are left out.
 */
export async function currentAnalysis(store: ArchiveStore, key: string): Promise<UnjudgedAnalysis | undefined> {
  const [image] = await store.images({ keys: [key] });
  if (image === undefined) return undefined;
  const analysis = await archivedAnalysis(store, image);
  const ids = await store.componentsOf(key);
  const [usages, findings] = [await store.usages(ids, { keys: [key] }), await store.findings(ids)];
  const packages = new Map(analysis.packages.map((found) => [found.id, found]));
  const byComponent = Map.groupBy(findings, ({ component }) => component);
  const vulnerabilities = usages.flatMap((usage) => {
    const found = packages.get(usage.packageId);
    return found === undefined ? [] : (byComponent.get(usage.component) ?? []).map((finding) => placed(finding, found));
  });
  return { ...analysis, vulnerabilities: vulnerabilities.sort(byWeight) };
}

/** An archived image's analysis without vulnerabilities. */
export async function archivedAnalysis(store: ArchiveStore, image: ArchivedImage): Promise<UnjudgedAnalysis> {
  return named(await restoreAnalysis(image.record, (digest) => store.blob(digest)), image);
}

function named(analysis: UnjudgedAnalysis, image: ArchivedImage): UnjudgedAnalysis {
  const [ref] = image.names;
  return ref === undefined ? analysis : { ...analysis, image: { ...analysis.image, ref } };
}

/** A component's finding at the place where an image has the package. */
function placed(own: OwnFinding, found: Package): Vulnerability {
  const { suppressed, exploitLikely: _likely, ...finding } = wholeFinding(own);
  return {
    ...finding,
    packageId: found.id,
    layer: found.locations[0].layer,
    state: found.state,
    ...(suppressed === undefined ? {} : { suppressed: suppressedAt(suppressed, found) }),
  };
}

function suppressedAt({ rule: stored, ...why }: Suppression, found: Package): Suppression {
  const rule = stored === SELF ? found.id : stored === OWNER ? found.ownedBy : stored;
  return rule === undefined ? why : { ...why, rule };
}

function byWeight(left: Vulnerability, right: Vulnerability): number {
  return (
    severityRank(left.severity) - severityRank(right.severity) ||
    compareText(left.id, right.id) ||
    compareText(left.packageId, right.packageId)
  );
}

import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { matchPackages } from '../match/match-packages.ts';
import type { BundleReport } from '../model/analysis.ts';
import type { Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import { severityRank } from '../model/severity.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { restoreAnalysis } from './archive-record.ts';
import type { ArchivedImage, ArchiveStore, StoredFinding } from './archive-store.ts';
import { distroOf } from './component.ts';
import type { ComponentFinding } from './component-finding.ts';
import { OWNER, SELF } from './match-components.ts';

/**
 * An archived image as it stands now: its analysis with the findings of the archive's current bundle, and no image at
 * hand. Undefined where the archive does not have the key. EPSS, coverage and the fix plan come with `matchAnalysis`.
 */
export async function currentAnalysis(store: ArchiveStore, key: string): Promise<UnjudgedAnalysis | undefined> {
  const [image] = await store.images({ keys: [key] });
  if (image === undefined) return undefined;
  const analysis = named(await restoreAnalysis(image.record, (digest) => store.blob(digest)), image);
  const ids = await store.componentsOf(key);
  const [usages, findings] = [await store.usages(ids, { keys: [key] }), await store.findings(ids)];
  const packages = new Map(analysis.packages.map((found) => [found.id, found]));
  const byComponent = new Map<number, StoredFinding[]>();
  for (const finding of findings) {
    const list = byComponent.get(finding.component);
    if (list === undefined) byComponent.set(finding.component, [finding]);
    else list.push(finding);
  }
  const vulnerabilities = usages.flatMap((usage) => {
    const found = packages.get(usage.packageId);
    return found === undefined
      ? []
      : (byComponent.get(usage.component) ?? []).map(({ finding }) => placed(finding, found));
  });
  return { ...analysis, vulnerabilities: vulnerabilities.sort(byWeight) };
}

/** An archived image matched with a bundle at hand: the report that a scan of the image would give. */
export async function matchAnalysis(
  store: ArchiveStore,
  image: ArchivedImage,
  bundle: AdvisoryBundle,
): Promise<UnjudgedAnalysis> {
  const analysis = named(await restoreAnalysis(image.record, (digest) => store.blob(digest)), image);
  const { os } = analysis.image;
  const matched = matchPackages({ packages: analysis.packages, distro: distroOf(os), bundle });
  const eol =
    os.eol === undefined ? undefined : { date: os.eol.date, reached: os.eol.date < bundle.info.builtAt.slice(0, 10) };
  return {
    ...analysis,
    image: { ...analysis.image, os: { ...os, ...(eol === undefined ? {} : { eol }) } },
    vulnerabilities: matched.vulnerabilities,
    fixPlan: matched.fixPlan,
    bundle: reportBundle(bundle, matched.coverage),
    problems: [...analysis.problems, ...matched.problems],
  };
}

function reportBundle({ info }: AdvisoryBundle, coverage: BundleReport['coverage']): BundleReport {
  return {
    contentId: info.contentId,
    channel: info.channel,
    sequence: info.sequence,
    builtAt: info.builtAt,
    ...(info.starter ? { starter: true } : {}),
    ...(info.expired ? { expired: true } : {}),
    ...(info.rolledBack ? { rolledBack: true } : {}),
    sources: info.sources.map(({ id, capturedAt }) => ({ id, capturedAt })),
    coverage,
  };
}

function named(analysis: UnjudgedAnalysis, image: ArchivedImage): UnjudgedAnalysis {
  const [ref] = image.names;
  return ref === undefined ? analysis : { ...analysis, image: { ...analysis.image, ref } };
}

/** A component's finding at the place where an image has the package. */
function placed(finding: ComponentFinding, found: Package): Vulnerability {
  const { suppressed } = finding;
  const rule = suppressed?.rule === SELF ? found.id : suppressed?.rule === OWNER ? found.ownedBy : suppressed?.rule;
  return {
    ...finding,
    packageId: found.id,
    layer: found.locations[0].layer,
    state: found.state,
    ...(suppressed === undefined
      ? {}
      : { suppressed: { reason: suppressed.reason, ...(rule === undefined ? {} : { rule }) } }),
  };
}

function byWeight(left: Vulnerability, right: Vulnerability): number {
  return (
    severityRank(left.severity) - severityRank(right.severity) ||
    compare(left.id, right.id) ||
    compare(left.packageId, right.packageId)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

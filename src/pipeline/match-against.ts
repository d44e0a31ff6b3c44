import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { MatchInput, MatchResult } from '../match/match-input.ts';
import { matchPackages } from '../match/match-packages.ts';
import type { Analysis, BundleReport } from '../model/analysis.ts';
import type { Problem } from '../model/problem.ts';

/** The parts of a report that matching fills. */
export interface Matched {
  readonly parts: Pick<Analysis, 'vulnerabilities'> & Partial<Pick<Analysis, 'fixPlan' | 'bundle'>>;
  readonly problems: readonly Problem[];
}

/** Matches against a bundle; without one there are no findings and no `bundle` part that could be taken for a clean result. */
export function matchAgainst(bundle: AdvisoryBundle | undefined, input: Omit<MatchInput, 'bundle'>): Matched {
  if (bundle === undefined) return { parts: { vulnerabilities: [] }, problems: [] };
  const result = matchPackages({ ...input, bundle });
  const { vulnerabilities, fixPlan, problems } = result;
  return { parts: { vulnerabilities, fixPlan, bundle: reportBundle(bundle, result) }, problems };
}

function reportBundle(bundle: AdvisoryBundle, matched: MatchResult): BundleReport {
  const { info } = bundle;
  return {
    contentId: info.contentId,
    channel: info.channel,
    sequence: info.sequence,
    builtAt: info.builtAt,
    ...(info.starter ? { starter: true } : {}),
    ...(info.expired ? { expired: true } : {}),
    ...(info.rolledBack ? { rolledBack: true } : {}),
    sources: info.sources.map(({ id, capturedAt }) => ({
      id,
      capturedAt,
      ...(matched.sourcesUsed.includes(id) ? { used: true } : {}),
    })),
    coverage: matched.coverage,
  };
}

import { hash } from 'node:crypto';
import type { Analysis } from '../model/analysis.ts';
import type { EventCause, EventDraft } from './archive-event.ts';
import type { ArchiveStore, Decision } from './archive-store.ts';

/** What a policy says about one archived image now. */
export interface JudgedImage {
  readonly key: string;
  readonly analysis: Analysis;
}

export interface PolicyChange {
  readonly image: string;
  readonly kind: 'verdict' | 'suppression';
  readonly cause: EventCause;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Remembers what a policy said and tells what differs from the last time: verdicts, and findings that are suppressed no
 * more (an exception ran out, a VEX statement was withdrawn). `policyDigest` names everything the answer depends on
 * besides image and bundle.
 */
export async function rememberDecisions(
  store: ArchiveStore,
  judged: readonly JudgedImage[],
  context: { readonly policyDigest: string; readonly bundle: string; readonly at: string },
): Promise<readonly PolicyChange[]> {
  const before = await store.decisions(judged.map(({ key }) => key));
  const changes: PolicyChange[] = [];
  const decisions = judged.map(({ key, analysis }) => {
    const decision: Decision & { readonly key: string } = {
      key,
      policyDigest: context.policyDigest,
      bundle: context.bundle,
      verdict: analysis.policy.verdict,
      suppressed: suppressedFindings(analysis),
      at: context.at,
    };
    const last = before.get(key);
    if (last !== undefined) changes.push(...differences({ key, analysis }, last, decision));
    return decision;
  });
  const events = changes.map(
    ({ image, kind, cause, detail }): EventDraft => ({ kind, cause, image, bundle: context.bundle, detail }),
  );
  await store.decide(decisions, events, context.at);
  return changes;
}

/** The digest under which answers of the same options are comparable. */
export function policyDigestOf(options: unknown): string {
  return hash('sha256', JSON.stringify(options));
}

function suppressedFindings(analysis: Analysis): Readonly<Record<string, string>> {
  return Object.fromEntries(
    analysis.vulnerabilities.flatMap(({ id, packageId, suppressed }) =>
      suppressed === undefined ? [] : [[`${id} ${packageId}`, suppressed.rule ?? suppressed.reason] as const],
    ),
  );
}

function differences({ key: image, analysis }: JudgedImage, last: Decision, now: Decision): readonly PolicyChange[] {
  const changes: PolicyChange[] = [];
  const present = new Set(analysis.vulnerabilities.map(({ id, packageId }) => `${id} ${packageId}`));
  const expired = analysis.problems
    .filter((problem) => problem.code === 'PLM_IGNORE_EXPIRED')
    .map((problem) => problem.detail);
  for (const [finding, rule] of Object.entries(last.suppressed)) {
    if (now.suppressed[finding] !== undefined || !present.has(finding)) continue;
    const ranOut = expired.some((detail) => detail.startsWith(`rule ${rule.split(': ')[0]} `));
    changes.push({
      image,
      kind: 'suppression',
      cause: ranOut ? 'ignore-expired' : 'suppression-withdrawn',
      detail: { finding, rule },
    });
  }
  if (last.verdict !== now.verdict) {
    const cause = changes.some((change) => change.cause === 'ignore-expired')
      ? 'ignore-expired'
      : last.policyDigest === now.policyDigest
        ? 'findings-changed'
        : 'policy-changed';
    changes.push({ image, kind: 'verdict', cause, detail: { from: last.verdict, to: now.verdict } });
  }
  return changes;
}

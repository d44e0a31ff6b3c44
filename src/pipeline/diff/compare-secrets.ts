import { compareText } from '../../bytes/compare-text.ts';
import type { FindingsDiff, SecretDifference, SecretPlace } from '../../model/image-diff.ts';
import { SECRET_VERDICTS, type Secret } from '../../model/secret.ts';
import { comparePairs, isOpen, type Pair, pairByKey } from './pair-findings.ts';

type Change = 'verdict' | 'state';

/** Pairs secrets by their value, which the fingerprint stands for: a secret that moved is the same one. */
export function pairSecrets(before: readonly Secret[], after: readonly Secret[]): readonly Pair<Secret>[] {
  return pairByKey(before, after, ({ fingerprint }) => fingerprint);
}

/** What became of the pairs. A secret is gone only where no layer holds it: who pulls the image can read them all. */
export function compareSecrets(pairs: readonly Pair<Secret>[]): FindingsDiff<SecretDifference> {
  return comparePairs(pairs, { counts: isOpen, differences, row, order: compareSurety });
}

function compareSurety(left: SecretDifference, right: SecretDifference): number {
  return (
    SECRET_VERDICTS.indexOf(left.verdict) - SECRET_VERDICTS.indexOf(right.verdict) ||
    compareText(left.ruleId, right.ruleId) ||
    compareText(left.fingerprint, right.fingerprint)
  );
}

function differences({ before, after }: Pair<Secret>): readonly Change[] {
  const changes: Change[] = [];
  if (surest(before).verdict !== surest(after).verdict) changes.push('verdict');
  if (isVisible(before) !== isVisible(after)) changes.push('state');
  return changes;
}

/** A secret outside files has no state: nothing hides it. */
function isVisible(places: readonly Secret[]): boolean {
  return places.some(({ state }) => (state ?? 'present') === 'present');
}

function row(pair: Pair<Secret>, changes: readonly (Change | 'suppressed')[]): SecretDifference {
  const { ruleId, title, verdict, match, fingerprint } = surest(pair.after.length > 0 ? pair.after : pair.before);
  return {
    ruleId,
    ...(title === undefined ? {} : { title }),
    verdict,
    match,
    fingerprint,
    before: pair.before.map(placeOf),
    after: pair.after.map(placeOf),
    ...(changes.length === 0 ? {} : { changes }),
  };
}

function surest(places: readonly Secret[]): Secret {
  return places.reduce((best, place) =>
    SECRET_VERDICTS.indexOf(place.verdict) < SECRET_VERDICTS.indexOf(best.verdict) ? place : best,
  );
}

function placeOf({ source, name, path, line, layer, state, verdict, suppressed }: Secret): SecretPlace {
  return {
    source,
    ...(name === undefined ? {} : { name }),
    ...(path === undefined ? {} : { path }),
    ...(line === undefined ? {} : { line }),
    ...(layer === undefined ? {} : { layer }),
    ...(state === undefined ? {} : { state }),
    verdict,
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

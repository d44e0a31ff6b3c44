import { counted } from '../../model/counted.ts';
import { DAY } from '../../model/day.ts';
import { type IgnoreRule, isExpired } from './ignore-rule.ts';

const SOON_DAYS = 14;

/** What a person should look at in rules that are valid: run out, run out soon, run too long, or twice the same. */
export function lintRules(rules: readonly IgnoreRule[], now: Date, maxDays: number): readonly string[] {
  const seen = new Map<string, string>();
  return rules.flatMap((rule) => {
    const warnings: string[] = [];
    const days =
      rule.expires === undefined ? undefined : (Date.parse(`${rule.expires}T00:00:00Z`) - now.getTime()) / DAY;
    if (isExpired(rule, now)) warnings.push(`${rule.origin} ran out on ${rule.expires}`);
    else if (days !== undefined && days < SOON_DAYS) warnings.push(`${rule.origin} runs out on ${rule.expires}`);
    else if (days === undefined) warnings.push(`${rule.origin} never runs out`);
    else if (days > maxDays) warnings.push(`${rule.origin} holds for more than ${counted(maxDays, 'day')}`);
    const what = JSON.stringify([
      rule.kinds,
      rule.id?.source,
      rule.rule?.source,
      rule.fingerprint,
      rule.purl?.source,
      rule.paths?.map((glob) => glob.source),
      rule.image?.source,
      rule.package,
    ]);
    const first = seen.get(what);
    if (first !== undefined) warnings.push(`${rule.origin} accepts the same as ${first}`);
    else seen.set(what, rule.origin);
    return warnings;
  });
}

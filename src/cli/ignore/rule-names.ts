import { IMAGE_CHECKS } from '../../checks/registry.generated.ts';
import type { IgnoreRule } from '../../policy/ignores/ignore-rule.ts';
import type { OwnRule } from '../../secrets/own-rules/own-rule.ts';
import { SECRET_RULES } from '../../secrets/registry.generated.ts';

/**
 * What a rule names by `rule` where no secret rule (built in, or own) and no image check is called so: such a rule
 * accepts nothing. Undefined where it names one, or none at all.
 */
export function unknownRuleName({ rule }: IgnoreRule, ownRules: readonly OwnRule[] = []): string | undefined {
  if (rule === undefined) return undefined;
  const names = [
    ...SECRET_RULES.map(({ id }) => id),
    ...ownRules.map(({ id }) => id),
    ...IMAGE_CHECKS.flatMap(({ id, aliases }) => [id, ...aliases]),
  ];
  return names.some((name) => rule.matches(name)) ? undefined : rule.source;
}

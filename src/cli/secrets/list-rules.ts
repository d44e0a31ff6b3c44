import { SECRET_RULES } from '../../secrets/registry.generated.ts';

/** The built-in rules, sorted by id, as a table or as JSON. */
export function listRules(format: string | undefined): string {
  const rules = [...SECRET_RULES]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map(({ id, title, severity, specification }) => ({
      id,
      title,
      severity,
      ...(specification === undefined ? {} : { specification }),
    }));
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, rules }, null, 2)}\n`;
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(({ id, title, severity }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`);
  return `${lines.join('\n')}\n${rules.length} credential types\n`;
}

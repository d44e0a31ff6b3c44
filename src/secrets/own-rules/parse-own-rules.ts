import { yaml } from '../../bytes/yaml.ts';
import { PlimsollError } from '../../errors.ts';
import type { SecretSeverity } from '../rule.ts';
import { compileOwnRule, type OwnRule } from './own-rule.ts';

/**
 * The rules of a YAML file: `rules:` with a list of `id`, `title`, `severity`, `pattern` and optional `words`. Every
 * rule is compiled once, so that an unfit one is refused before anything is scanned. Throws PLM_RULES_INVALID.
 */
export function parseOwnRules(text: string, path: string, taken: (id: string) => boolean): readonly OwnRule[] {
  const listed = readList(text, path);
  const seen = new Set<string>();
  return listed.map((item, index) => {
    const rule = toRule(item, (reason) => refusal(path, index, reason));
    if (seen.has(rule.id) || taken(rule.id)) throw refusal(path, index, `the id ${rule.id} is taken`);
    seen.add(rule.id);
    const compiled = compileOwnRule(rule);
    if ('refused' in compiled) throw refusal(path, index, `${rule.id}: ${compiled.refused}`);
    return rule;
  });
}

function readList(text: string, path: string): readonly unknown[] {
  const document = yaml().parseDocument(text, { uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new PlimsollError('PLM_RULES_INVALID', 'the rules cannot be read as YAML', { path, cause: fault });
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const rules = isMap(value) ? value['rules'] : undefined;
  if (!Array.isArray(rules)) throw new PlimsollError('PLM_RULES_INVALID', 'there is no list called "rules"', { path });
  return rules;
}

const SEVERITIES: readonly SecretSeverity[] = ['critical', 'high', 'medium', 'low'];

function toRule(item: unknown, refuse: (reason: string) => PlimsollError): OwnRule {
  if (!isMap(item)) throw refuse('it is no map');
  const text = (name: string): string => {
    const value = item[name];
    if (typeof value !== 'string' || value === '') throw refuse(`"${name}" must be a text`);
    return value;
  };
  const id = text('id');
  if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(id)) throw refuse(`the id "${id}" must be lower-case words joined by hyphens`);
  const severity = item['severity'] === undefined ? 'high' : SEVERITIES.find((known) => known === item['severity']);
  if (severity === undefined) throw refuse(`"severity" must be one of ${SEVERITIES.join(', ')}`);
  const words: unknown = item['words'] ?? [];
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string'))
    throw refuse('"words" must be a list of texts');
  return { id, title: text('title'), severity, pattern: text('pattern'), words };
}

function refusal(path: string, index: number, reason: string): PlimsollError {
  return new PlimsollError('PLM_RULES_INVALID', `rule ${index + 1} is refused: ${reason}`, {
    path,
    hint: 'docs/secrets.md tells which patterns run in linear time',
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { type JsonRecord, optional, ownField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import type { Glob } from '../glob.ts';
import type { PurlPattern } from '../purl-pattern.ts';
import type { FindingKind, IgnoreRule } from './ignore-rule.ts';
import { withoutPrefix } from './parse-trivy-text.ts';
import { RuleFields } from './rule-fields.ts';

const KINDS: Readonly<Record<string, FindingKind>> = {
  vulnerabilities: 'vulnerability',
  misconfigurations: 'misconfiguration',
  secrets: 'secret',
  licenses: 'license',
};
const FIELDS = ['id', 'paths', 'purls', 'expired_at', 'statement'];

/** `.trivyignore.yaml` (https://trivy.dev/docs/latest/guide/configuration/filtering/#trivyignoreyaml). */
export function parseTrivyYaml(document: JsonRecord, path: string): readonly IgnoreRule[] {
  return Object.entries(KINDS).flatMap(([key, kind]) => {
    const list = ownField(document, key) ?? [];
    if (!Array.isArray(list)) throw new PlimsollError('PLM_IGNORE_INVALID', `"${key}" must be a list`, { path });
    return list.flatMap((value: unknown, index) =>
      toRules(new RuleFields(value, { path, place: `${key}.${index + 1}`, known: FIELDS }), kind),
    );
  });
}

/** One rule for each purl: a rule of ours has one. */
function toRules(fields: RuleFields, kind: FindingKind): readonly IgnoreRule[] {
  const id = fields.compile(withoutPrefix(fields.required('id')), 'name', 'id');
  const paths: readonly Glob[] = fields.texts('paths').map((text) => fields.compile(text, 'path', 'paths'));
  const purls: readonly (PurlPattern | undefined)[] = fields
    .texts('purls')
    .map((text) => fields.compilePurl(text, 'purls'));
  return (purls.length === 0 ? [undefined] : purls).map((purl) => ({
    origin: fields.origin,
    kinds: [kind],
    id,
    ...optional('purl', purl),
    ...optional('paths', paths.length === 0 ? undefined : paths),
    ...optional('expires', fields.day('expired_at')),
    untilFix: false,
    reason: fields.text('statement') ?? 'listed in the ignore file',
  }));
}

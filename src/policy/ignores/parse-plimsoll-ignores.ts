import { type JsonRecord, optional, ownField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import type { IgnoreRule } from './ignore-rule.ts';
import { RuleFields } from './rule-fields.ts';

const FIELDS = ['id', 'purl', 'path', 'rule', 'fingerprint', 'image', 'reason', 'owner', 'expires', 'untilFix'];

/** Rules of our own ignore file: a reason, an owner and an expiry day are mandatory (docs/policy.md). */
export function parsePlimsollIgnores(document: JsonRecord, path: string): readonly IgnoreRule[] {
  const list = ownField(document, 'ignores') ?? [];
  if (!Array.isArray(list)) throw new PlimsollError('PLM_IGNORE_INVALID', '"ignores" must be a list', { path });
  return list.map((value: unknown, index) =>
    toRule(new RuleFields(value, { path, place: String(index + 1), known: FIELDS })),
  );
}

function toRule(fields: RuleFields): IgnoreRule {
  const id = fields.glob('id', 'name');
  const purl = fields.purl('purl');
  const path = fields.glob('path', 'path');
  const rule = fields.glob('rule', 'name');
  const fingerprint = fields.text('fingerprint');
  if (id === undefined && purl === undefined && path === undefined && rule === undefined && fingerprint === undefined) {
    throw fields.fault('names no finding', 'give at least one of id, purl, path, rule, fingerprint');
  }
  const expires = fields.day('expires') ?? fields.required('expires');
  return {
    origin: fields.origin,
    ...optional('id', id),
    ...optional('purl', purl),
    ...optional('paths', path === undefined ? undefined : [path]),
    ...optional('rule', rule),
    ...optional('fingerprint', fingerprint),
    ...optional('image', fields.glob('image', 'name')),
    untilFix: fields.flag('untilFix'),
    reason: fields.required('reason'),
    owner: fields.required('owner'),
    expires,
  };
}

import { type JsonRecord, optional, ownField } from '../../bytes/json.ts';
import type { PlimsollError } from '../../errors.ts';
import type { State } from '../../model/evidence.ts';
import type { FindingStatus } from '../../model/finding.ts';
import { SECRET_VERDICTS } from '../../model/secret.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { compileGlob, type Glob, type GlobKind } from '../glob.ts';
import { compilePurlPattern, type PurlPattern } from '../purl-pattern.ts';
import type { Comparison, GateConditions } from './policy.ts';

type Fault = (what: string) => PlimsollError;
const STATES: readonly State[] = ['present', 'overwritten', 'deleted'];
const STATUSES: readonly FindingStatus[] = ['affected', 'fixed', 'wont-fix', 'deferred', 'end-of-life', 'undecided'];
const FIXES = ['available', 'none'] as const;

/** The conditions of a gate, whose words the schema has checked. Throws through `fault` for patterns that are none. */
export function parseConditions(when: JsonRecord, fault: Fault): GateConditions {
  const globs = (name: string, kind: GlobKind): readonly Glob[] | undefined =>
    texts(when, name)?.map((text) => {
      const compiled = compileGlob(text, kind);
      if (compiled === undefined) throw fault(`has an unusable pattern for ${name}`);
      return compiled;
    });
  return {
    ...optional('severities', worseOrEqual(ownField(when, 'severity'), SEVERITIES)),
    ...optional(
      'fix',
      FIXES.find((word) => word === when['fix']),
    ),
    ...optional('kev', flag(when, 'kev')),
    ...optional('epss', comparison(when, 'epss')),
    ...optional('cvss', comparison(when, 'cvss')),
    ...optional('ageDays', comparison(when, 'ageDays')),
    ...optional('statuses', words(when, 'status', STATUSES)),
    ...optional('states', words(when, 'state', STATES)),
    ...optional('types', texts(when, 'type')),
    ...optional('inBase', flag(when, 'inBase')),
    ...optional('ids', globs('id', 'name')),
    ...optional(
      'purls',
      texts(when, 'purl')?.map((text) => purl(text, fault)),
    ),
    ...optional('paths', globs('path', 'path')),
    ...optional('verdicts', worseOrEqual(ownField(when, 'verdict'), SECRET_VERDICTS)),
    ...optional('sources', texts(when, 'source')),
    ...optional('rules', globs('rule', 'name')),
    ...optional('denied', texts(when, 'denied')),
    ...optional('allowed', texts(when, 'allowed')),
    ...optional('codes', globs('code', 'name')),
    ...optional('expired', flag(when, 'expired')),
    ...optional('starter', flag(when, 'starter')),
    ...optional('noData', flag(when, 'noData')),
    ...optional('unjudged', comparison(when, 'unjudged')),
    ...optional('osEndOfLife', flag(when, 'osEndOfLife')),
    ...optional('root', flag(when, 'root')),
    ...optional('missingLabels', texts(when, 'missingLabels')),
    ...optional('notBuiltBy', globs('notBuiltBy', 'name')),
    ...optional('notBuiltFrom', globs('notBuiltFrom', 'name')),
    ...optional('layers', comparison(when, 'layers')),
    ...optional('bytes', comparison(when, 'bytes')),
    ...optional('wastedBytes', comparison(when, 'wastedBytes')),
    ...optional('efficiency', comparison(when, 'efficiency')),
  };
}

function flag(when: JsonRecord, name: string): boolean | undefined {
  const value = ownField(when, name);
  return typeof value === 'boolean' ? value : undefined;
}

function texts(when: JsonRecord, name: string): readonly string[] | undefined {
  const value = ownField(when, name);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function words<T extends string>(when: JsonRecord, name: string, known: readonly T[]): readonly T[] | undefined {
  const given = texts(when, name);
  return given === undefined ? undefined : known.filter((word) => given.includes(word));
}

/** `high` and `=high` mean that word, `>=high` it and all worse ones, a list the listed ones. Worst first in `order`. */
function worseOrEqual<T extends string>(value: unknown, order: readonly T[]): ReadonlySet<T> | undefined {
  if (Array.isArray(value)) return new Set(order.filter((word) => value.includes(word)));
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const known = order.find((word) => word === text.replace(/^(?:>=|=)\s*/, ''));
  if (known === undefined) return undefined;
  const position = order.indexOf(known);
  return new Set(text.startsWith('>=') ? order.slice(0, position + 1) : [known]);
}

function comparison(when: JsonRecord, name: string): Comparison | undefined {
  const value = ownField(when, name);
  if (typeof value === 'number') return { operator: '=', value };
  if (typeof value !== 'string') return undefined;
  const found = /^\s*(>=|<=|>|<|=)?\s*([0-9.]+)\s*$/.exec(value);
  const operator = found?.[1];
  const known = operator === '>=' || operator === '<=' || operator === '>' || operator === '<' ? operator : '=';
  return { operator: known, value: Number(found?.[2]) };
}

function purl(text: string, fault: Fault): PurlPattern {
  const compiled = compilePurlPattern(text);
  if (compiled === undefined) throw fault(`names "${text}", which is no package URL`);
  return compiled;
}

import { isNaming } from '../generic/secret-value.ts';
import { entropy, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretSeverity, Site } from '../rule.ts';
import { isUncommon } from '../words.ts';
import { isWordy } from '../wordy-password.ts';
import { latin1 } from './latin1.ts';

/** A value that the command, statement or call it is given to makes a secret. */
export interface CommandShape {
  readonly id: string;
  readonly title: string;
  /** `high` by default. */
  readonly severity?: SecretSeverity;
  readonly specification?: string;
  readonly anchors?: readonly string[];
  readonly words?: readonly string[];
  /** Run on what follows the literal, at most `reach` bytes; its group is the secret. */
  readonly pattern?: RegExp;
  /** Run on the `LEAD` bytes before the literal instead, where the secret comes ahead of it. */
  readonly behind?: RegExp;
  /** `REACH` by default. */
  readonly reach?: number;
  /** Must stand in the `LEAD` bytes before the literal. */
  readonly lead?: RegExp;
  readonly accepts?: (value: string) => boolean;
  /** Whether an accepted value may be one of a manual, and is generic; by default where it is made of words or typed by hand. */
  readonly isWeak?: (value: string) => boolean;
  readonly hit: string;
  readonly miss: string;
}

const REACH = 600;
const LEAD = 96;

/** Makes the rule of a value given to a command. */
export function commandRule(shape: CommandShape): AnchoredRule {
  return {
    id: shape.id,
    title: shape.title,
    severity: shape.severity ?? 'high',
    ...(shape.specification === undefined ? {} : { specification: shape.specification }),
    ...(shape.anchors === undefined ? {} : { anchors: shape.anchors }),
    ...(shape.words === undefined ? {} : { words: shape.words }),
    reach: { before: LEAD, after: shape.reach ?? REACH },
    inspect: (site) => inspect(site, shape),
    samples: { hits: () => [shape.hit], misses: () => [shape.miss] },
  };
}

function inspect(site: Site, shape: CommandShape): Found | undefined {
  if (shape.lead !== undefined && !shape.lead.test(latin1(site.bytes, site.start, site.at))) return undefined;
  const from = shape.behind === undefined ? site.at + site.length : site.start;
  const text = latin1(site.bytes, from, shape.behind === undefined ? site.end : site.at);
  const match = (shape.behind ?? shape.pattern)?.exec(text) ?? null;
  const value = match?.[1];
  if (match === null || value === undefined || shape.accepts?.(value) === false) return undefined;
  const start = from + match.index + match[0].lastIndexOf(value);
  const weak = shape.isWeak?.(value) ?? (plausibility(value) === 'weak' || isWordy(value));
  return { verdict: weak ? 'generic' : 'contextual', start, end: start + value.length };
}

/** Words that stand for a password in documentation. */
const TEMPLATE =
  /^(?:\w{0,255}pass(?:word|wd)?\w{0,3}|secret|string|value|\W{1,255}|[a-z]{1,255}(?:[-_][a-z]{1,255}){0,255}|\d{1,6}|[A-Z_]{1,255})$/i;

/** Members of objects, dates, redirections and format strings. */
const CODE = /^[a-z]\w{1,40}(?:\.\w{1,40}){1,4}$|^\d{2,8}(?:[-.:/]\d{1,8}){0,4}$|^\d?>|^\/|^\s|\s-[A-Z]/i;

/** Words of other languages have more common pairs than this; letters drawn at random have half of it. */
const LEAST_COMMON = 0.3;

/** Whether a value given as a password can be one: no reference, no template, more than a word. */
export function isPassword(value: string): boolean {
  const plausible = plausibility(value);
  const drawn = /^[a-z]{8,40}$/.test(value) && isUncommon(value, LEAST_COMMON);
  return (
    plausible !== 'reference' &&
    plausible !== 'placeholder' &&
    (!TEMPLATE.test(value) || drawn) &&
    !isNaming(value) &&
    !CODE.test(value) &&
    (/[0-9]|[a-z][A-Z]/.test(value) || drawn) &&
    entropy(value) >= 2.5 &&
    !/^[[{<$%-]|[{}]|\$\(/.test(value)
  );
}

import type { SecretVerdict } from '../../model/secret.ts';
import { assignmentAt } from '../assignment.ts';
import { entropy, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, Judgement, RuleSample, SecretSeverity, Site } from '../rule.ts';
import { holdsWords } from '../words.ts';
import { ALPHA, BASE62, type CharSet, charSet } from './char-set.ts';
import { latin1 } from './latin1.ts';
import { endsWord, matchForward, type Part } from './parts.ts';
import { sampleOf } from './sample.ts';

/** A value that only the vendor's name before it makes a secret: `DATADOG_API_KEY=…`. */
export interface AssignedShape {
  readonly id: string;
  readonly title: string;
  readonly severity?: SecretSeverity;
  readonly specification?: string;
  /** The vendor's name, lower case; the rest of the variable's name may follow it. */
  readonly words: readonly string[];
  /** Words of which one must stand in the rest of the name (`key`, `token`, …); none needed where empty. */
  readonly names?: readonly string[];
  readonly value: readonly Part[];
  readonly verdict?: SecretVerdict;
  readonly check?: (value: string, site: Site) => Judgement | undefined;
  /** Bits per character below which the value is no secret; 3 by default. */
  readonly minEntropy?: number;
  readonly samples?: { readonly hits?: () => readonly RuleSample[]; readonly misses?: () => readonly RuleSample[] };
}

/** Bytes between the end of the word and the value: in the usual forms, and where a word of its own announces the value. */
const GAP = 64;
const LONGEST_GAP = 240;
const NAMES = ['key', 'token', 'secret', 'pass', 'pat', 'auth', 'bearer', 'cred', 'pwd'];

/** Makes the rule of a value named by its vendor. */
export function assignedRule(shape: AssignedShape): AnchoredRule {
  const longest = shape.value.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.max), 0);
  const word = shape.words[0] ?? '';
  const name = shape.names?.[0] ?? (shape.names === undefined ? 'key' : 'id');
  return {
    id: shape.id,
    title: shape.title,
    severity: shape.severity ?? 'high',
    ...(shape.specification === undefined ? {} : { specification: shape.specification }),
    words: shape.words,
    reach: { before: 64, after: 24 + LONGEST_GAP + longest + 1 },
    inspect: (site) => inspect(shape, site),
    samples: {
      hits:
        shape.samples?.hits ??
        (() => [
          `${word}_${name}=${sampleOf(shape.value, shape.id)}\n`,
          `${word.toUpperCase()}_${name.toUpperCase()}: "${sampleOf(shape.value, shape.id)}"\n`,
        ]),
      misses:
        shape.samples?.misses ??
        (() => [`${word}_${name}=\${${word.toUpperCase()}}\n`, `unrelated=${sampleOf(shape.value, shape.id)}\n`]),
    },
  };
}

function inspect(shape: AssignedShape, site: Site): Found | undefined {
  const { bytes } = site;
  const from = site.at + site.length;
  const gapEnd = Math.min(site.end, from + GAP);
  let valueAt = valueAfter(bytes, from, gapEnd);
  let end = valueAt < 0 ? -1 : valueEnd(shape, site, valueAt);
  if (end < 0) {
    valueAt = valueAfterName(bytes, from, gapEnd, shape.names ?? NAMES);
    end = valueAt < 0 ? -1 : valueEnd(shape, site, valueAt);
  }
  if (end < 0) {
    valueAt = assignmentAt(bytes, site, site.at, site.length)?.start ?? -1;
    end = valueAt < 0 ? -1 : valueEnd(shape, site, valueAt);
  }
  if (end < 0 || !named(shape, site, valueAt)) return undefined;
  const value = latin1(bytes, valueAt, end);
  const judgement = judge(shape, value, site);
  return judgement === undefined ? undefined : { ...judgement, start: valueAt, end };
}

function valueEnd(shape: AssignedShape, site: Site, valueAt: number): number {
  const end = matchForward(site.bytes, valueAt, site.end, shape.value);
  const last = shape.value.at(-1);
  const ends = end >= 0 && endsWord(site.bytes, site.end, end, typeof last === 'object' ? last.set : undefined);
  return ends ? end : -1;
}

/** Where the value begins in `vendor SECRET value` and `vendor-token-value`: after a name and one blank or hyphen. */
function valueAfterName(bytes: Uint8Array, from: number, end: number, names: readonly string[]): number {
  let at = from;
  if (JOINTS.has[bytes[at] ?? 0] === 1 || bytes[at] === UNDERSCORE) at++;
  const begin = at;
  while (at < end && ALPHA.has[bytes[at] ?? 0] === 1) at++;
  if (at === begin || at >= end || JOINTS.has[bytes[at] ?? 0] !== 1) return -1;
  const name = latin1(bytes, begin, at).toLowerCase();
  return names.some((ending) => name.endsWith(ending)) ? at + 1 : -1;
}

/** Whether the rest of the name, or what leads up to the vendor's name on the line, says secret. */
function named(shape: AssignedShape, site: Site, valueAt: number): boolean {
  if (shape.names?.length === 0) return true;
  const names = shape.names ?? NAMES;
  const rest = latin1(site.bytes, site.at, valueAt).toLowerCase();
  if (names.some((name) => rest.includes(name))) return true;
  let from = site.at;
  while (from > site.start && NAME_CHARS.has[site.bytes[from - 1] ?? 0] === 1) from--;
  const lead = latin1(site.bytes, from, site.at).toLowerCase();
  return names.some((name) => lead.includes(name));
}

function judge(shape: AssignedShape, value: string, site: Site): Judgement | undefined {
  const judgement = shape.check === undefined ? { verdict: shape.verdict ?? 'contextual' } : shape.check(value, site);
  if (judgement === undefined || judgement.suppressed !== undefined || judgement.verdict === 'proven') return judgement;
  if (holdsWords(value.replace(OWN_PREFIX, ''))) return undefined;
  const plausible = plausibility(value);
  if (plausible === 'weak' || entropy(value) < (shape.minEntropy ?? 3)) return { ...judgement, verdict: 'generic' };
  return plausible === 'plausible' ? judgement : { ...judgement, suppressed: plausible };
}

/** The vendor's name at the begin of its tokens. */
const OWN_PREFIX = /^[a-z]{2,20}[:_-]/;

const JOINTS: CharSet = charSet('joint', ' -');
const NAME_CHARS: CharSet = charSet('name', '0-9A-Za-z_.-');
const SEPARATORS: CharSet = charSet('separator', ' \t=:>,("\'`\\[{|~');

/**
 * Where the value begins: the rest of the name (letters, digits, `_.-`, brackets), then at least one of
 * `= : => , (` or blanks, then an optional quote; all on one line. -1 where there is no such thing.
 */
export function valueAfter(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && NAME_CHARS.has[bytes[at] ?? 0] === 1) at++;
  if (bytes[at] === QUOTE_SINGLE || bytes[at] === QUOTE_DOUBLE || bytes[at] === BRACKET_CLOSE) at++;
  if (bytes[at] === BRACKET_CLOSE || (bytes[at] === QUOTE_DOUBLE && at < end)) at++;
  const separator = at;
  while (at < end && SEPARATORS.has[bytes[at] ?? 0] === 1) at++;
  if (at === separator || at >= end) return -1;
  return BASE62.has[bytes[at] ?? 0] === 1 || VALUE_START.has[bytes[at] ?? 0] === 1 ? at : -1;
}

const VALUE_START: CharSet = charSet('value start', '+/_.$%!#@&*^-');
const UNDERSCORE = 0x5f;
const QUOTE_DOUBLE = 0x22;
const QUOTE_SINGLE = 0x27;
const BRACKET_CLOSE = 0x5d;

import { holdsWords } from './words.ts';

/**
 * Whether a value can be a secret at all. Values made up for documentation are `placeholder` (kept, suppressed);
 * those that only look typed by hand (alphabet runs, few letters) are `weak` and reported as generic at most.
 */
export type Plausibility = 'plausible' | 'weak' | 'placeholder' | 'reference';

const PLACEHOLDER_WORDS =
  /example|placeholder|change[-_ ]?me|replace[-_ ]?(?:me|with|this)|your[-_ ]?[a-z]|my[-_]?(?:api|secret|token|password|access)|insert[-_ ]|redacted|removed|sample|xxxx|(?:^|[^0-9])0000000|11111111|\*\*\*\*|\.\.\.|<[a-z]|foobar|deadbeef|insecure-default/i;

/** Short words: letters drawn at random spell them now and then, but seldom in one case. */
const SHORT_PLACEHOLDER_WORDS = /[Dd]ummy|DUMMY|[Ff]ake|FAKE|[Ll]orem|[Tt]odo|TODO|[Ff]ixme|FIXME/;

/** Judges the random part of a token: what follows the public prefix. */
export function plausibility(body: string): Plausibility {
  if (isReference(body)) return 'reference';
  if (PLACEHOLDER_WORDS.test(body) || SHORT_PLACEHOLDER_WORDS.test(body)) return 'placeholder';
  if (isFilled(body) || distinct(body) < Math.min(5, body.length / 2)) return 'placeholder';
  if (longestSequence(body) >= 8 || (body.length >= 20 && distinct(body) < 8)) return 'weak';
  return 'plausible';
}

/** Whether one letter repeated makes up the text or half of it; zero bytes look like `AAAAAA` within a real token. */
function isFilled(body: string): boolean {
  return /aaaaaa/.test(body) || body.replace(/A{6,255}/g, '').length < body.length / 2;
}

/** Whether the text names a value kept elsewhere: `${VAR}`, `$(cmd)`, `%VAR%`, `{{ x }}`, `<…>`, `@VAR@`, `process.env.X`. */
export function isReference(text: string): boolean {
  return (
    /^(?:\$[({A-Za-z_]|%[A-Za-z_][A-Za-z0-9_]*%|%[({]|\{\{|<%|<[A-Za-z_ -]+>$|@[A-Za-z_.]+@$|#\{|!(?:Ref|Sub|vault|secret)\b|ENC\[|ENC\(|vault:|arn:|ref\+|op:\/\/|ssm:|secretsmanager:)/i.test(
      text,
    ) || /^[^\s"']{0,24}(?:\$\{|\$\(|\{\{)/.test(text)
  );
}

/**
 * Whether a value was drawn at random beyond doubt: letters and digits well mixed, no words, nothing made up for
 * documentation. For rules that only the place of a value tells.
 */
export function isDrawn(value: string): boolean {
  if (value.length < SHORTEST_DRAWN || plausibility(value) !== 'plausible') return false;
  const digits = value.replace(/[^0-9]/g, '').length;
  if (digits * 5 > value.length * 4 || /test/.test(value) || holdsWords(value) || isPublished(value)) return false;
  if (digits < leastDigits(value)) return false;
  const hasSigns = /[^0-9A-Za-z]/.test(value);
  if (hasSigns && UUID.test(value)) return true;
  return entropy(value) >= (hasSigns ? MIXED_ENTROPY : LEAST_ENTROPY);
}

/** Long letters of both cases alone are drawn where the case changes as often as it does by chance. */
function leastDigits(value: string): number {
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value)) return 2;
  const changes = value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return value.length >= LONG_DRAWN && changes * 3 >= value.length ? 0 : 1;
}

/** Tokens of the examples in RFC 6749, RFC 6750 and RFC 7009, which documentation repeats. */
const PUBLISHED: ReadonlySet<string> = new Set([
  ['mF_9.B5f', '4.1JqM'].join('-'),
  ['2YotnFZFEjr', '1zCsicMWpAA'].join(''),
  ['tGzv3JOkF0X', 'G5Qx2TlKWIA'].join(''),
  ['SplxlOBeZQQ', 'YbYS6WxSbIA'].join(''),
  ['7Fjfp0ZBr1K', 'tDRbnfVdmIw'].join(''),
  ['45ghiukldjah', 'dnhzdauz'].join(''),
]);

/** Whether the value is a token that a standard gives as its example. */
export function isPublished(value: string): boolean {
  return PUBLISHED.has(value);
}

const SHORTEST_DRAWN = 16;
const LONG_DRAWN = 20;
/** Bits per character; 32 hex digits drawn at random seldom have less. */
const LEAST_ENTROPY = 3.2;
const MIXED_ENTROPY = 3.7;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Different characters in the text. */
export function distinct(text: string): number {
  return new Set(text).size;
}

/** Bits per character (Shannon). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Longest run in which each character is the successor (or predecessor, or the same) of the one before it. */
function longestSequence(text: string): number {
  let longest = 1;
  let length = 1;
  let step = 2;
  for (let index = 1; index < text.length; index++) {
    const delta = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (delta >= -1 && delta <= 1 && (delta === step || length === 1)) {
      length++;
      step = delta;
    } else {
      length = 1;
      step = 2;
    }
    if (length > longest) longest = length;
  }
  return longest;
}

import type { SecretVerdict } from '../../model/secret.ts';
import { isDrawn, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, Judgement, RuleSample, SecretSeverity, Site } from '../rule.ts';
import { BASE62, BASE64, charSet, LOWER } from './char-set.ts';
import { latin1 } from './latin1.ts';
import { beginsWord, endsWord, matchBackward, matchForward, type Part } from './parts.ts';
import { sampleOf } from './sample.ts';
import { widened } from './widened.ts';

/** A token that tells by itself what it is. */
export interface TokenShape {
  readonly id: string;
  readonly title: string;
  readonly severity?: SecretSeverity;
  readonly specification?: string;
  /** One of these literals, then `parts`; `before` comes ahead of the literal. */
  readonly prefixes: readonly string[];
  readonly before?: readonly Part[];
  readonly parts: readonly Part[];
  /** Verdict where `check` says nothing else; `structured` by default. */
  readonly verdict?: SecretVerdict;
  /** Judges a text that has the shape: a better or lower verdict, or undefined for "not this type". */
  readonly check?: (token: string, site: Site) => Judgement | undefined;
  /** Part of the token that was drawn at random; the token without its literal by default. */
  readonly body?: (token: string) => string;
  /** Token begins without a word boundary (it stands inside a longer text). */
  readonly unbounded?: boolean;
  /** Every token has the same length and a checksum of 32 bits, which also tells it from letters beside it. */
  readonly fused?: boolean;
  /** Token is of capitals alone, and a small letter beside it is no part of it. */
  readonly capitals?: boolean;
  /** What a token ends before; another letter or digit ends none by default. */
  readonly samples?: { readonly hits?: () => readonly RuleSample[]; readonly misses?: () => readonly RuleSample[] };
}

/** Makes the rule of a self-identifying token; samples are generated from the shape where none are given. */
export function tokenRule(shape: TokenShape): AnchoredRule {
  const before = length(shape.before ?? []);
  const loose = shape.before === undefined ? widened(shape.parts) : undefined;
  const after = Math.max(...shape.prefixes.map((prefix) => prefix.length)) + length(shape.parts);
  return {
    id: shape.id,
    title: shape.title,
    severity: shape.severity ?? 'high',
    ...(shape.specification === undefined ? {} : { specification: shape.specification }),
    anchors: shape.prefixes,
    reach: { before: before + AROUND, after: after + AROUND },
    inspect: (site) => inspect(shape, site) ?? (loose === undefined ? undefined : inspectForm(loose, shape, site)),
    samples: {
      hits: shape.samples?.hits ?? (() => shape.prefixes.map((prefix) => `key = "${sample(shape, prefix)}"\n`)),
      misses: shape.samples?.misses ?? (() => [`key = "${shape.prefixes[0] ?? ''}"\n`, `key = "${cut(shape)}"\n`]),
    },
  };
}

/** Bytes looked at around a token, to tell an escape from a word and the middle of a longer text from a token. */
const AROUND = 40;

function inspect(shape: TokenShape, site: Site): Found | undefined {
  const { bytes, at } = site;
  const end = matchForward(bytes, at + site.length, site.end, shape.parts);
  if (end < 0) return undefined;
  const last = shape.parts.at(-1);
  const start = shape.before === undefined ? at : matchBackward(bytes, site.start, at, shape.before);
  if (start < 0) return undefined;
  const begins = shape.unbounded === true || beginsWord(bytes, site.start, start);
  const ends = endsWord(bytes, site.end, end, typeof last === 'object' ? last.set : undefined);
  const alone = (begins && ends) || (shape.capitals === true && isBesideSmall(site, { begins, ends, start, end }));
  if (!alone && shape.fused !== true && !(ends && isDistinct(site))) return undefined;
  const token = latin1(bytes, start, end);
  const literal = token.slice(at - start, at - start + site.length);
  const judgement = judge(shape, token, literal, site);
  if (judgement === undefined || (judgement.verdict !== 'proven' && isWithinBase64(site, start, end))) return undefined;
  const lowered = alone ? {} : beside(judgement, ends && isDistinct(site));
  return lowered === undefined
    ? undefined
    : { ...judgement, ...lowered, start, end, ...(start === at ? { publicPrefix: literal } : {}) };
}

/** A token that has the distinct prefix, the lengths and the signs, and letters that the vendor does not use. */
function inspectForm(parts: readonly Part[], shape: TokenShape, site: Site): Found | undefined {
  const { bytes, at, length: prefix } = site;
  if (!(isDistinct(site) || isMarked(site)) || !beginsWord(bytes, site.start, at)) return undefined;
  if (matchForward(bytes, at + prefix, site.end, shape.parts) >= 0) return undefined;
  const end = matchForward(bytes, at + prefix, site.end, parts);
  const last = parts.at(-1);
  if (end < 0 || !endsWord(bytes, site.end, end, typeof last === 'object' ? last.set : undefined)) return undefined;
  if (!isDrawn(latin1(bytes, at + prefix, end))) return undefined;
  const publicPrefix = latin1(bytes, at, at + prefix);
  return { verdict: 'contextual', proof: 'letters that the format has not', start: at, end, publicPrefix };
}

/**
 * Whether a token of letters and digits is a part of a longer base64 text, as a certificate: letters follow its plus sign
 * or slash for as long as no path goes on without a blank, a dash or a dot.
 */
function isWithinBase64({ bytes, start: from, end: to }: Site, start: number, end: number): boolean {
  const before = bytes[start - 1] ?? 0;
  const after = bytes[end] ?? 0;
  const joined = (start > from && isSign(before)) || (end < to && isSign(after));
  if (!joined) return false;
  for (let at = start; at < end; at++) if (BASE62.has[bytes[at] ?? 0] !== 1) return false;
  let left = start;
  while (left > from && BASE64.has[bytes[left - 1] ?? 0] === 1) left--;
  let right = end;
  while (right < to && BASE64.has[bytes[right] ?? 0] === 1) right++;
  return start - left + right - end >= LEAST_AROUND;
}

function isSign(byte: number): boolean {
  return byte === PLUS || byte === SLASH;
}

const LEAST_AROUND = 20;
const PLUS = 0x2b;
const SLASH = 0x2f;

/** Whether a small letter stands on one side alone: within base64 there is one on both. */
function isBesideSmall(
  { bytes, start: from }: Site,
  { begins, ends, start, end }: { begins: boolean; ends: boolean; start: number; end: number },
): boolean {
  if (begins) return LOWER.has[bytes[end] ?? 0] === 1;
  return ends && start > from && LOWER.has[bytes[start - 1] ?? 0] === 1;
}

/** What a token comes to that a letter stands beside, as in databases and programs where texts have no sign between them. */
function beside({ verdict, suppressed }: Judgement, distinct: boolean): Partial<Judgement> | undefined {
  if (verdict === 'proven') return {};
  if (!distinct || verdict === 'generic' || suppressed !== undefined) return undefined;
  return { verdict: 'contextual', proof: 'right after another text' };
}

/** Whether the literal is one that no word ends with. */
function isDistinct({ bytes, at, length }: Site): boolean {
  return length >= SHORTEST_DISTINCT && JOINTS.has[bytes[at + length - 1] ?? 0] === 1;
}

/** Whether the literal is long and ends with a digit or a colon: `ATATT3`. */
function isMarked({ bytes, at, length }: Site): boolean {
  return length > SHORTEST_DISTINCT && MARKS.has[bytes[at + length - 1] ?? 0] === 1;
}

const MARKS = charSet('mark', '0-9:');
const SHORTEST_DISTINCT = 5;
const JOINTS = charSet('joint', '_-');

function judge(shape: TokenShape, token: string, literal: string, site: Site): Judgement | undefined {
  const judgement = shape.check === undefined ? { verdict: shape.verdict ?? 'structured' } : shape.check(token, site);
  if (judgement === undefined || judgement.suppressed !== undefined || judgement.verdict === 'proven') return judgement;
  const plausible = plausibility(shape.body?.(token) ?? token.replace(literal, ''));
  if (plausible === 'plausible') return judgement;
  if (plausible === 'weak') return { ...judgement, verdict: 'generic' };
  return { ...judgement, suppressed: plausible };
}

function length(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.max), 0);
}

function sample(shape: TokenShape, prefix: string): string {
  return sampleOf([...(shape.before ?? []), prefix, ...shape.parts], shape.id);
}

/** A sample that lacks one byte of its first run: at its begin where something comes before the literal, else at its end. */
function cut(shape: TokenShape): string {
  const prefix = shape.prefixes[0] ?? '';
  if (shape.before !== undefined) return sample({ ...shape, before: shortened(shape.before) }, prefix);
  return sample({ ...shape, parts: shortened(shape.parts, true) }, prefix);
}

function shortened(parts: readonly Part[], ends = false): readonly Part[] {
  const first = parts.findIndex((part) => typeof part !== 'string');
  const shorter = parts.map((part, index) =>
    index === first && typeof part !== 'string' ? { ...part, min: part.min - 1, max: part.min - 1 } : part,
  );
  return ends ? shorter.slice(0, first + 1) : shorter;
}

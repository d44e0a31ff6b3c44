import type { FileGaps } from './file-gaps.ts';
import type { AnchoredRule, Found, SecretRule, Site } from './rule.ts';
import { type AnchorPlan, LINE_MARGIN, TEXT_MARGIN } from './rule-set.ts';

/** Bytes of a file that are at hand: `bytes[start, end)`, where `start` is byte `offset` of the file. */
export interface FileWindow {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** One thing a rule found in a file. Offsets count from the begin of the file. */
export interface Sighting {
  readonly rule: SecretRule;
  readonly found: Found;
  readonly offset: number;
  readonly length: number;
  readonly value: string;
  readonly line?: number;
  readonly column?: number;
}

/** What one rule said at one place of a window. */
export interface RuleHit {
  readonly rule: SecretRule;
  readonly found: Found;
}

/**
 * Runs the rules of a literal that begins at `at`. Every rule sees exactly its reach or the file's edge, so that the
 * answer does not depend on how the file was cut into blocks. A rule that fails says nothing and is noted in the gaps.
 */
export function inspectAt(plan: AnchorPlan, window: FileWindow, at: number, gaps: FileGaps): readonly RuleHit[] {
  let hits: RuleHit[] | undefined;
  for (const rule of plan.rules) {
    const site: Site = {
      path: window.path,
      bytes: window.bytes,
      start: Math.max(window.start, at - rule.reach.before),
      end: Math.min(window.end, at + rule.reach.after),
      at,
      length: plan.literal.text.length,
    };
    const found = inspect(rule, site, gaps);
    if (found === undefined) continue;
    if (hits === undefined && plan.literal.fold && !standsInText(window, at, plan.literal.text.length)) return NOTHING;
    hits ??= [];
    hits.push({ rule, found: allowed(window, found) ? { ...found, suppressed: 'allow-comment' } : found });
  }
  return hits ?? NOTHING;
}

const NOTHING: readonly RuleHit[] = [];

/** A fault ends this rule's work at this place, nothing else. */
function inspect(rule: AnchoredRule, site: Site, gaps: FileGaps): Found | undefined {
  try {
    return rule.inspect(site);
  } catch (error) {
    gaps.fault(rule.id, error);
    return undefined;
  }
}

function standsInText(window: FileWindow, at: number, length: number): boolean {
  const from = Math.max(window.start, at - TEXT_MARGIN);
  const to = Math.min(window.end, at + length + TEXT_MARGIN);
  for (let index = from; index < to; index++) {
    const byte = window.bytes[index] ?? 0;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) return false;
  }
  return true;
}

const ALLOW_COMMENT =
  /(?:plimsoll|gitleaks|trufflehog|betterleaks|secretlint|kingfisher)[:-](?:allow|ignore|disable)|pragma:\s?(?:allow|white)list[ -]secret/;

/** Whether the line of a finding carries a comment that allows it. */
function allowed(window: FileWindow, found: Found): boolean {
  if (found.witness === true || found.decoded !== undefined) return false;
  const after = lineText(window.bytes, found.end, Math.min(window.end, found.end + LINE_MARGIN));
  return after.includes('llow') || after.includes('gnore') || after.includes('isable')
    ? ALLOW_COMMENT.test(after)
    : false;
}

function lineText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0a) break;
    text += String.fromCharCode(byte);
  }
  return text;
}

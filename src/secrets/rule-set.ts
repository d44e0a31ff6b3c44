import { type AnchorLiteral, MAX_ANCHOR_BYTES } from '../bytes/anchor-search.ts';
import { DECODERS } from './decoders.ts';
import { compileSelection, type FileSelection } from './file-selection.ts';
import { type AnchoredRule, type FileRule, isAnchored, type SecretRule } from './rule.ts';
import { WITNESSES } from './witnesses.ts';

/** What to do where one literal occurs. */
export interface AnchorPlan {
  readonly literal: AnchorLiteral;
  readonly rules: readonly AnchoredRule[];
  /** Widest reach of its rules: how much of the file must be there before they run. */
  readonly before: number;
  readonly after: number;
}

/** All rules of a run, compiled once per thread. */
export interface RuleSet {
  readonly plans: readonly AnchorPlan[];
  readonly literals: readonly AnchorLiteral[];
  /** Where the filter of the search looks for each literal, where that was computed ahead. */
  readonly placed?: string;
  readonly files: FileSelection;
  readonly byId: ReadonlyMap<string, SecretRule>;
  /** Widest reach of all. */
  readonly before: number;
  readonly after: number;
}

/** Bytes around a folded word that must hold no control character: the word stands in text. */
export const TEXT_MARGIN = 48;

/** Bytes before and after a finding that are looked at for the rest of its line. */
export const LINE_MARGIN = 160;

/** Throws where a rule breaks the contract: literals of the wrong length, doubled ids, words not in lower case. */
export function compileRules(rules: readonly SecretRule[]): RuleSet {
  const byId = new Map<string, SecretRule>();
  const byLiteral = new Map<string, { literal: AnchorLiteral; rules: AnchoredRule[] }>();
  const fileRules: FileRule[] = [];
  for (const rule of [...rules, ...DECODERS, ...WITNESSES]) {
    if (byId.has(rule.id)) throw new Error(`two secret rules are called ${rule.id}`);
    byId.set(rule.id, rule);
    if (!isAnchored(rule)) {
      fileRules.push(rule);
      continue;
    }
    for (const literal of literalsOf(rule)) {
      const key = `${literal.fold ? 'fold' : 'exact'} ${literal.text}`;
      const known = byLiteral.get(key);
      if (known === undefined) byLiteral.set(key, { literal, rules: [rule] });
      else known.rules.push(rule);
    }
  }
  const plans = [...byLiteral.values()].map(plan);
  return {
    plans,
    literals: plans.map(({ literal }) => literal),
    files: compileSelection(fileRules),
    byId,
    before: Math.max(0, ...plans.map(({ before }) => before)),
    after: Math.max(0, ...plans.map(({ after }) => after)),
  };
}

function literalsOf(rule: AnchoredRule): readonly AnchorLiteral[] {
  const literals = [
    ...(rule.anchors ?? []).map((text) => ({ text, fold: false })),
    ...(rule.words ?? []).map((text) => ({ text, fold: true })),
  ];
  for (const { text, fold } of literals) {
    const sound = text.length >= 3 && text.length <= MAX_ANCHOR_BYTES && /^[\0\x20-\x7e\t\n]+$/.test(text);
    if (!sound || (fold && text !== text.toLowerCase()))
      throw new Error(`secret rule ${rule.id}: unfit literal ${JSON.stringify(text)}`);
  }
  return literals;
}

function plan({ literal, rules }: { literal: AnchorLiteral; rules: readonly AnchoredRule[] }): AnchorPlan {
  const margin = literal.fold ? TEXT_MARGIN : 0;
  return {
    literal,
    rules,
    before: Math.max(margin, ...rules.map((rule) => rule.reach.before)) + LINE_MARGIN,
    after: Math.max(literal.text.length + margin, ...rules.map((rule) => rule.reach.after)) + LINE_MARGIN,
  };
}

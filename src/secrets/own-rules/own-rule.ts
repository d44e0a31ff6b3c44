import type { SecretRule, SecretSeverity } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import type { Part } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';
import { parsePattern } from './parse-pattern.ts';

/** A rule of the user as plain data, checked: it goes to the threads as it is. */
export interface OwnRule {
  readonly id: string;
  readonly title: string;
  readonly severity: SecretSeverity;
  /** Restricted regular expression, see parse-pattern.ts. */
  readonly pattern: string;
  /** Names before the value; without them the pattern begins with a literal of at least 3 characters. */
  readonly words: readonly string[];
}

const SHORTEST_LITERAL = 3;
const LONGEST_LITERAL = 24;

/** The rule, or why it cannot be one. */
export function compileOwnRule(rule: OwnRule): SecretRule | { readonly refused: string } {
  const parts = parsePattern(rule.pattern);
  if ('refused' in parts) return parts;
  const shape = { id: rule.id, title: rule.title, severity: rule.severity };
  if (rule.words.length > 0) {
    const unfit = rule.words.find(
      (word) =>
        word.length < SHORTEST_LITERAL || word.length > LONGEST_LITERAL || !/^[\x20-\x40\x5b-\x7e]+$/.test(word),
    );
    if (unfit !== undefined) return { refused: `the word "${unfit}" must be 3 to 24 lower-case ASCII characters` };
    return assignedRule({ ...shape, words: rule.words, names: [], value: parts, minEntropy: 0 });
  }
  const [first, ...rest] = parts;
  if (typeof first !== 'string' || first.length < SHORTEST_LITERAL)
    return { refused: 'it must begin with a literal of at least 3 characters, or words must be given' };
  const prefix = first.slice(0, LONGEST_LITERAL);
  const after: readonly Part[] = first.length > LONGEST_LITERAL ? [first.slice(LONGEST_LITERAL), ...rest] : rest;
  return tokenRule({ ...shape, prefixes: [prefix], parts: after });
}

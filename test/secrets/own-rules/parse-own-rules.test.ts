import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../../src/errors.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import { parseOwnRules } from '../../../src/secrets/own-rules/parse-own-rules.ts';
import { createSecretScanner } from '../../../src/secrets/stream-scanner.ts';

function parse(yaml: string) {
  return parseOwnRules(yaml, 'rules.yaml', (id) => id === 'github-pat');
}

function refusal(rule: string): string {
  try {
    parse(`rules:\n  - ${rule}\n`);
    return 'accepted';
  } catch (error) {
    return error instanceof PlimsollError ? `${error.code} ${error.message}` : String(error);
  }
}

describe('own rules', () => {
  it('find what they describe', () => {
    const ownRules = parse(
      "rules:\n  - {id: acme-token, title: ACME token, pattern: 'acme_[0-9a-f]{32}', severity: low}\n",
    );
    const scanner = createSecretScanner({ limits: DEFAULT_LIMITS, ownRules });
    scanner.scanBytes('/a.txt', Buffer.from(`t = acme_${'0f1e2d3c4b5a6978'.repeat(2)}\n`));
    expect(scanner.finish().map(({ ruleId, severity, line, column }) => ({ ruleId, severity, line, column }))).toEqual([
      { ruleId: 'acme-token', severity: 'low', line: 1, column: 5 },
    ]);
  });

  it.each([
    ["{id: a-b, title: T, pattern: '(a+)+'}", 'PLM_RULES_INVALID rule 1 is refused: a-b: "(" is not supported here'],
    [
      "{id: a-b, title: T, pattern: 'abc[a-z]+z'}",
      'PLM_RULES_INVALID rule 1 is refused: a-b: [a-z] of open length is followed by something it may contain',
    ],
    [
      "{id: a-b, title: T, pattern: 'ab[0-9]{4}'}",
      'PLM_RULES_INVALID rule 1 is refused: a-b: it must begin with a literal of at least 3 characters, or words must be given',
    ],
    ["{id: a-b, title: T, pattern: 'abc.*'}", 'PLM_RULES_INVALID rule 1 is refused: a-b: "." is not supported here'],
    [
      "{id: a-b, title: T, pattern: 'abc[0-9]{9999}'}",
      'PLM_RULES_INVALID rule 1 is refused: a-b: the count {9999} is too large or upside down',
    ],
    [
      "{id: github-pat, title: T, pattern: 'abc_[0-9]{4}'}",
      'PLM_RULES_INVALID rule 1 is refused: the id github-pat is taken',
    ],
    ["{id: a-b, pattern: 'abc_[0-9]{4}'}", 'PLM_RULES_INVALID rule 1 is refused: "title" must be a text'],
    [
      "{id: a-b, title: T, severity: huge, pattern: 'abc_[0-9]{4}'}",
      'PLM_RULES_INVALID rule 1 is refused: "severity" must be one of critical, high, medium, low',
    ],
    ['text', 'PLM_RULES_INVALID rule 1 is refused: it is no map'],
  ])('refuse %s', (rule, expected) => {
    expect(refusal(rule)).toBe(expected);
  });

  it('refuse a file without a list', () => {
    expect(() => parse('rule: x')).toThrow('there is no list called "rules"');
  });
});

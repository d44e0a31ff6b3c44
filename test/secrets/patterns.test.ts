import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import { SECRET_RULES } from '../../src/secrets/registry.generated.ts';
import { compileRules } from '../../src/secrets/rule-set.ts';
import { scanWhole } from '../../src/secrets/scan-bytes.ts';
import { isCertain, LONGEST_WINDOW, lintPattern } from '../support/pattern-lint.ts';

interface Pattern {
  readonly source: string;
  readonly flags: string;
}

const root = join(import.meta.dirname, '..', '..', 'src', 'secrets');

/** Every regular expression that is written in a source file. */
function patternsIn(file: string): Pattern[] {
  const found: Pattern[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'RegExpLiteral' && 'pattern' in node && 'flags' in node)
      found.push({ source: String(node.pattern), flags: String(node.flags) });
    for (const child of Object.values(node)) walk(child);
  };
  walk(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', target: 'es2022' }));
  return found;
}

/** Every regular expression that the rule objects hold. */
function patternsOf(value: unknown, seen = new Set<unknown>()): Pattern[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if (value instanceof RegExp) return [value];
  return Object.values(value).flatMap((child) => patternsOf(child, seen));
}

describe('the lint', () => {
  it.each([
    ['(?:a{1,9}){1,9}$', ['a repetition within a repetition']],
    ['^(?:[a-z]{1,9}\\n){1,9}', []],
    ['^(?:a|b)*', ['an unbounded repetition of a group']],
    ['(?:a{1,9}b?){2,9}', ['a repetition within a repetition']],
    ['^[a-z]*z', ['an unbounded repetition of [a-z]']],
    ['[a-z]*0', ['an unbounded repetition of [a-z]']],
    ['a{2000}', ['a more than 1024-fold repetition of a']],
    ['^[a-z]*0$', []],
    ['(?:[0-9a-f]{1,32}\\n){16}', []],
  ])('judges %s', (source, faults) => {
    expect(lintPattern({ source, flags: '' }).sort()).toEqual([...faults].sort());
  });
});

describe('regular expressions', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

  it('in sources are bounded and never repeat a repetition', () => {
    const faults = files.flatMap((name) =>
      patternsIn(join(root, name)).flatMap((pattern) =>
        lintPattern(pattern).map((fault) => `${relative(root, join(root, name))}: ${fault} in /${pattern.source}/`),
      ),
    );
    expect(faults).toEqual([]);
  });

  it('in rules are bounded and never repeat a repetition', () => {
    expect(patternsOf(SECRET_RULES).flatMap((pattern) => lintPattern(pattern))).toEqual([]);
  });

  it('are run on short texts where they may go back', () => {
    const rules = compileRules(SECRET_RULES);
    const scan = { rules, search: createAhoCorasick(rules.literals) };
    const tails = ['a', '1', ' ', '="a1B2c3D4', ': eyJ.', 'ab12\n'].map((tail) => tail.repeat(6000 / tail.length));
    const texts = rules.literals.flatMap(({ text }) => tails.map((tail) => `${text}${tail}`));
    const paths = SECRET_RULES.flatMap((rule) => ('select' in rule ? rule.select : [])).flatMap((selector) =>
      'basename' in selector ? [`/srv/${selector.basename}`] : 'suffix' in selector ? [`/srv${selector.suffix}`] : [],
    );
    const long = new Set<string>();
    const exec = RegExp.prototype.exec;
    RegExp.prototype.exec = function (text: string) {
      if (text.length > LONGEST_WINDOW && !isCertain(this)) long.add(this.source);
      return exec.call(this, text);
    };
    try {
      for (const text of texts) scanWhole(scan, '/srv/.env', Buffer.from(text));
      for (const path of paths) for (const tail of tails) scanWhole(scan, path, Buffer.from(`password:${tail}`));
    } finally {
      RegExp.prototype.exec = exec;
    }
    expect([...long]).toEqual([]);
  });
});

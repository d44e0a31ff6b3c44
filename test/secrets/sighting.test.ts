import { describe, expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import type { Site } from '../../src/secrets/rule.ts';
import { compileRules } from '../../src/secrets/rule-set.ts';
import { scanWhole } from '../../src/secrets/scan-bytes.ts';

/** Scans with one rule that takes four digits after its literal; returns offsets of findings and of judged literals. */
function scanCounting(text: string): { found: number[]; judged: number[] } {
  const judged: number[] = [];
  const rules = compileRules([
    {
      id: 'counting',
      title: 'Counting',
      severity: 'low',
      anchors: ['acme='],
      reach: { before: 8, after: 16 },
      inspect: ({ bytes, at }: Site) => {
        judged.push(at);
        const digits = Buffer.from(bytes.subarray(at + 5, at + 9)).toString('latin1');
        return /^\d{4}$/.test(digits) ? { verdict: 'generic', start: at + 5, end: at + 9 } : undefined;
      },
      samples: { hits: () => [], misses: () => [] },
    },
  ]);
  const sightings = scanWhole({ rules, search: createAhoCorasick(rules.literals) }, '/srv/x', Buffer.from(text));
  return { found: sightings.map(({ offset }) => offset), judged };
}

describe('a literal with the same surroundings again', () => {
  it('is judged once where it meant nothing', () => {
    const { found, judged } = scanCounting('acme=none '.repeat(200));
    expect({ found, judgedFew: judged.length < 80 }).toEqual({ found: [], judgedFew: true });
  });

  it('is judged again where one byte within reach differs', () => {
    const { found } = scanCounting(`${'acme=none '.repeat(100)}acme=1234 ${'acme=none '.repeat(100)}`);
    expect(found).toEqual([1005]);
  });

  it('is reported every time where it meant something', () => {
    const { found } = scanCounting('acme=1234 '.repeat(50));
    expect(found).toEqual(Array.from({ length: 50 }, (_, index) => index * 10 + 5));
  });
});

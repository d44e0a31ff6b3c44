import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import { KeptHits } from '../../src/secrets/anchor-hits.ts';
import { FileGaps } from '../../src/secrets/file-gaps.ts';
import { FileStream } from '../../src/secrets/file-stream.ts';
import { SECRET_RULES } from '../../src/secrets/registry.generated.ts';
import type { SecretRule } from '../../src/secrets/rule.ts';
import { compileRules } from '../../src/secrets/rule-set.ts';
import { scanWhole } from '../../src/secrets/scan-bytes.ts';

const NO_SAMPLES = { hits: () => [], misses: () => [] };
const token = ['glpat', 'q8Zm2xKd91Vb7Nw3Tc5H'].join('-');

const FAILING: readonly SecretRule[] = [
  {
    id: 'fails-at-literals',
    title: 'Fails',
    severity: 'low',
    anchors: ['glpat-'],
    reach: { before: 0, after: 40 },
    inspect: ({ bytes, at }) => {
      throw new RangeError(`value ${Buffer.from(bytes).toString('latin1', at, at + 40)}`);
    },
    samples: NO_SAMPLES,
  },
  {
    id: 'fails-at-files',
    title: 'Fails',
    severity: 'low',
    select: [{ suffix: '.env' }],
    *inspectFile() {
      yield { verdict: 'generic', start: 0, end: 1, name: 'before the fault' };
      throw new TypeError('hostile');
    },
    samples: NO_SAMPLES,
  },
];

function scanOf(rules: readonly SecretRule[]) {
  const compiled = compileRules(rules);
  return { rules: compiled, search: createAhoCorasick(compiled.literals) };
}

describe('a rule that fails', () => {
  const scan = scanOf([...FAILING, ...SECRET_RULES]);
  const content = Buffer.from(`a=${token}\nb=${token}\n`);
  const problems = [
    { code: 'PLM_SECRET_RULE', detail: 'rule fails-at-files failed (TypeError) at 1 place, not judged by it' },
    {
      code: 'PLM_SECRET_RULE',
      detail: 'rule fails-at-literals failed (RangeError) at 2 places, not judged by it',
    },
  ];

  it('is named, and leaves what it and all others found', () => {
    const gaps = new FileGaps();
    const found = scanWhole(scan, '/srv/.env', content, { gaps, depth: 0 });
    expect({ ids: found.map(({ rule }) => rule.id), problems: gaps.problems() }).toEqual({
      ids: ['gitlab-pat', 'gitlab-pat', 'fails-at-files'],
      problems,
    });
  });

  it.each([[content.length], [1], [9]])('is named when the file comes in pieces of %i bytes', (size) => {
    const file = new FileStream(scan, 0, '/srv/.env');
    for (let offset = 0; offset < content.length; offset += size) {
      const bytes = content.subarray(offset, offset + size);
      const kept = new KeptHits();
      kept.take(scan.search.search(bytes));
      const last = offset + bytes.length === content.length;
      const span = { kind: 'content' as const, entry: 0, path: '/srv/.env', start: 0, end: bytes.length, offset, last };
      file.feed(bytes, span, { hits: kept, from: 0, to: kept.count });
    }
    const { drafts, problems: stated } = file.finish();
    expect({ ids: drafts.map(({ ruleId }) => ruleId), stated }).toEqual({
      ids: ['fails-at-files', 'gitlab-pat', 'gitlab-pat'],
      stated: problems,
    });
  });
});

describe('all rules', () => {
  const scan = scanOf(SECRET_RULES);
  const samples = SECRET_RULES.flatMap((rule) => [...rule.samples.hits(), ...rule.samples.misses()]).map((sample) =>
    typeof sample === 'string' ? { path: '/srv/sample.txt', content: sample } : sample,
  );
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ maxLength: 6 }),
    drop: fc.nat(12),
  });

  function faults(path: string, bytes: Uint8Array): readonly string[] {
    const gaps = new FileGaps();
    scanWhole(scan, path, bytes, { gaps, depth: 0 });
    return gaps.problems().flatMap(({ code, detail }) => (code === 'PLM_SECRET_RULE' ? [detail] : []));
  }

  it('bear samples that were cut and altered', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const failed = samples.flatMap(({ path, content }) => {
          let bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content);
          for (const { at, bytes: inserted, drop } of mutations) {
            const begin = Math.floor(at * bytes.length);
            bytes = Buffer.concat([bytes.subarray(0, begin), inserted, bytes.subarray(begin + drop)]);
          }
          return faults(path, bytes);
        });
        expect(failed).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('bear random bytes after their literals and in their files', () => {
    const rulesOfFiles = SECRET_RULES.flatMap((rule) => ('inspectFile' in rule ? [rule] : []));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(6), (noise, step) => {
        const planted = scan.rules.literals
          .filter((_, index) => index % 7 === step)
          .flatMap(({ text }) => [Buffer.from(text), noise]);
        expect(faults('/srv/noise.env', Buffer.concat(planted))).toEqual([]);
        for (const rule of rulesOfFiles) for (const _ of rule.inspectFile({ path: '/srv/noise', bytes: noise }));
      }),
      { numRuns: 40 },
    );
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { joinSecrets } from '../../src/secrets/join-secrets.ts';
import { createSecretScanner } from '../../src/secrets/stream-scanner.ts';

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'secrets');
const here = existsSync(SHARED);
if (!here) console.warn(`acceptance of secrets skipped: ${SHARED} is absent`);

interface Example {
  readonly rule: string;
  readonly text: string;
  readonly expect: boolean;
}

function found(path: string, bytes: Uint8Array) {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  scanner.scanBytes(path, bytes);
  return scanner.finish().filter((draft) => draft.witness !== true && draft.suppressed === undefined);
}

describe.skipIf(!here)('secrets of the shared data', () => {
  const examples = here ? readExamples() : [];

  it('finds 95 of a hundred examples of the types it knows', () => {
    const byRule = new Map<string, { total: number; hit: number; known: boolean }>();
    for (const example of examples.filter((item) => item.expect)) {
      const entry = byRule.get(example.rule) ?? { total: 0, hit: 0, known: false };
      const drafts = found('/x/example.txt', Buffer.from(example.text));
      entry.total++;
      if (drafts.length > 0) entry.hit++;
      if (drafts.some(({ ruleId }) => !ruleId.startsWith('generic-'))) entry.known = true;
      byRule.set(example.rule, entry);
    }
    const known = [...byRule.values()].filter((entry) => entry.known);
    const total = known.reduce((sum, entry) => sum + entry.total, 0);
    const hit = known.reduce((sum, entry) => sum + entry.hit, 0);
    const unknown = [...byRule].flatMap(([rule, entry]) => (entry.known ? [] : [rule]));
    console.info(`rule examples: ${hit} of ${total} in ${known.length} known types`);
    console.info(`types not known (${unknown.length}): ${unknown.sort().join(' ')}`);
    expect(hit / total).toBeGreaterThanOrEqual(0.95);
  });

  it('takes no negative example for a structured secret, unless another rule lists it as a secret', () => {
    const positive = new Set(examples.flatMap(({ text, expect }) => (expect ? [text.trim()] : [])));
    const raised = examples
      .filter((example) => !example.expect && !positive.has(example.text.trim()))
      .filter(({ text }) =>
        found('/x/example.txt', Buffer.from(text)).some(
          ({ verdict }) => verdict === 'proven' || verdict === 'structured',
        ),
      );
    console.info(`negative examples raised: ${raised.map(({ rule }) => rule).join(' ') || 'none'}`);
    expect(raised.map(({ rule }) => rule).filter((rule) => !OTHER_TYPES.has(rule))).toEqual([]);
  });

  it('finds 60 of the 96 risky lines of leaky-repo', () => {
    const root = join(SHARED, 'leaky-repo');
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.parentPath.includes('.leaky-meta'),
    );
    const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      scanner.scanBytes(path.slice(root.length), readFileSync(path));
    }
    const secrets = joinSecrets([{ layer: 0, drafts: scanner.finish() }], {
      state: () => ({ state: 'present' }),
      unmodifiedOwner: () => undefined,
    });
    const lines = new Map<string, Set<number>>();
    for (const { path = '', line = 0, suppressed } of secrets) {
      if (suppressed !== undefined) continue;
      lines.set(path, (lines.get(path) ?? new Set()).add(line));
    }
    const truth = readTruth(join(root, '.leaky-meta', 'secrets.csv'));
    let risky = 0;
    let beyond = 0;
    for (const [path, numbers] of lines) {
      const { risk, informative } = truth.get(path) ?? { risk: 0, informative: 0 };
      risky += Math.min(numbers.size, risk);
      beyond += Math.max(0, numbers.size - risk - informative);
    }
    const wanted = [...truth.values()].reduce((sum, { risk }) => sum + risk, 0);
    console.info(`leaky-repo: ${risky} of ${wanted} risky lines, ${beyond} lines beyond those that are listed`);
    expect(risky).toBeGreaterThanOrEqual(60);
  });
});

/**
 * Rules with a negative example that is a secret of another type, though no example lists the same text: an Azure AD
 * client secret, a New Relic license key.
 */
const OTHER_TYPES: ReadonlySet<string> = new Set(['np.generic.1', 'np.newrelic.2']);

function readExamples(): Example[] {
  return readFileSync(join(SHARED, 'rule-examples.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Lines of each file that are a risk, and that only inform. */
function readTruth(path: string): ReadonlyMap<string, { risk: number; informative: number }> {
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [file, risk, informative] = line.split(',');
      return line.startsWith('#') || file === undefined || Number.isNaN(Number(risk ?? 'none'))
        ? []
        : [[`/${file}`, { risk: Number(risk), informative: Number(informative ?? 0) }] as const];
    });
  return new Map(rows);
}

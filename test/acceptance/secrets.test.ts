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
  it('finds nine of ten examples of the types it knows', () => {
    const examples: Example[] = readFileSync(join(SHARED, 'rule-examples.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
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
    console.info(
      `rule examples: ${hit} of ${total} in ${known.length} known types, ${byRule.size - known.length} types not known`,
    );
    expect(hit / total).toBeGreaterThanOrEqual(0.9);
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
    const lines = new Set(
      secrets.filter((secret) => secret.suppressed === undefined).map((secret) => `${secret.path}:${secret.line}`),
    );
    console.info(`leaky-repo: ${lines.size} lines`);
    expect(lines.size).toBeGreaterThanOrEqual(60);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, runPlimsoll } from '../support/run-plimsoll.ts';
import { hasShared, SHARED } from '../support/shared-data.ts';

const MINUTES = 60_000;

/** The scoring scripts of the acceptance data, run on the built program with a database of the shared feeds. */
describe.runIf(hasShared('checks/run', 'scoring scripts'))('scoring scripts', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-checks-'));
    const trust = join(folder, 'trust');
    const bundle = join(folder, 'full.plb');
    const root = join(trust, 'root.json');
    const steps = [
      ['trust', 'generate', '--out', trust, '--no-passphrase'],
      [
        'db',
        'build',
        '--feeds',
        join(SHARED, 'feeds'),
        '--out',
        bundle,
        '--channel',
        'acceptance',
        '--sequence',
        '1',
        '--root',
        root,
        '--key',
        join(trust, 'release-1.key'),
      ],
      ['db', 'verify', bundle, '--root', root],
      ['db', 'import', bundle, '--db', join(folder, 'db'), '--root', root],
    ];
    for (const step of steps) {
      const run = runPlimsoll(step);
      if (run.status !== 0) throw new Error(`${step.slice(0, 2).join(' ')}: ${run.stderr}`);
    }
  }, 5 * MINUTES);

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['packages', 'secrets', 'matching', 'hostile'])(
    '%s',
    (check) => {
      const { status, stdout, stderr } = spawnSync(join(SHARED, 'checks', 'run'), [process.execPath, BIN, check], {
        env: { ...process.env, PLM_DB: join(folder, 'db') },
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      expect(status, `${stdout}\n${stderr}`).toBe(0);
    },
    30 * MINUTES,
  );
});

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { Arguments } from 'yargs';
import { build } from '../../../src/cli/db/build.ts';
import { sign } from '../../../src/cli/db/sign.ts';
import { generate } from '../../../src/cli/trust/generate.ts';

let folder = '';
const written: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-build-'));
  listening();
  const place = join(folder, 'feeds', 'osv', 'npm');
  mkdirSync(place, { recursive: true });
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] };
  const affected = [{ package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [range] }];
  writeFileSync(join(place, 'A-1.json'), JSON.stringify({ id: 'A-1', modified: '2026-01-01T00:00:00Z', affected }));
  const counts = { 'root-keys': 1, 'root-threshold': 1, 'release-keys': 2, 'release-threshold': 2, 'valid-days': 900 };
  generate.run({ _: [], $0: '', out: join(folder, 'trust'), passphrase: false, ...counts });
  return () => rmSync(folder, { recursive: true, force: true });
});

/** What the commands write is kept, and not mixed with the report of the tests. */
function listening(): void {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
}

function terms(more: Readonly<Record<string, unknown>>): Arguments {
  listening();
  onTestFinished(() => void vi.restoreAllMocks());
  written.length = 0;
  return {
    _: [],
    $0: '',
    feeds: join(folder, 'feeds'),
    out: join(folder, 'x.plb'),
    channel: 'main',
    sequence: 1,
    root: join(folder, 'trust', 'root.json'),
    key: [join(folder, 'trust', 'release-1.key')],
    ...more,
  };
}

it('a key whose signature nobody counts builds and signs nothing', () => {
  const wrong = [join(folder, 'trust', 'root-1.key')];
  expect(() => build.run(terms({ key: wrong }))).toThrow(
    expect.objectContaining({ code: 'PLM_TRUST_KEY', message: expect.stringContaining('may not sign releases') }),
  );
  expect(existsSync(join(folder, 'x.plb'))).toBe(false);
  build.run(terms({ out: join(folder, 'good.plb') }));
  expect(() => sign.run(terms({ file: join(folder, 'good.plb'), key: wrong, out: undefined }))).toThrow(
    expect.objectContaining({ code: 'PLM_TRUST_KEY' }),
  );
});

it('says who must sign before anybody accepts the bundle', () => {
  build.run(terms({}));
  expect(written.at(-1)).toBe('not valid yet: signed by 1 of 2 keys demanded; plimsoll db sign adds one\n');
  build.run(terms({ key: ['1', '2'].map((number) => join(folder, 'trust', `release-${number}.key`)) }));
  expect(written.join('')).not.toContain('not valid yet');
});

it('a bundle that has expired when it is built is refused', () => {
  const times = { 'built-at': '2026-03-01T00:00:00Z', expires: '2026-02-01T00:00:00Z' };
  expect(() => build.run(terms(times))).toThrow(
    expect.objectContaining({
      code: 'PLM_USAGE',
      message: '--expires lies before 2026-03-01T00:00:00Z, when the bundle is built',
    }),
  );
});

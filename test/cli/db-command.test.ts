import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FOREIGN_KEY, makeBundle, snapshot } from '../support/bundle/bundle-lab.ts';
import { type ProgramRun, ROOT, runSources } from '../support/run-plimsoll.ts';

// Each test starts a dozen processes.
vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-db-'));
const trust = join(folder, 'trust');
const store = join(folder, 'db');
const root = ['--root', join(trust, 'root.json')];

const env = { XDG_DATA_HOME: join(folder, 'home') };

function plimsoll(...args: readonly string[]): ProgramRun {
  return runSources(args, { env });
}

function record(at: number): string {
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] };
  return JSON.stringify({
    id: `GHSA-${at}`,
    modified: '2026-11-01T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name: `package-${at}` }, ranges: [range] }],
  });
}

function build(sequence: number, records: number): string {
  const base = join(folder, 'feeds', 'osv', 'npm');
  mkdirSync(base, { recursive: true });
  for (let at = 0; at < records; at++) writeFileSync(join(base, `GHSA-${at}.json`), record(at));
  const out = join(folder, `${sequence}.plb`);
  const terms = [
    '--channel',
    'nightly',
    '--sequence',
    String(sequence),
    '--built-at',
    '2026-11-01T00:00:00Z',
    '--key',
    join(trust, 'release-1.key'),
  ];
  expect(plimsoll('db', 'build', '--feeds', join(folder, 'feeds'), '--out', out, ...terms, ...root)).toMatchObject({
    status: 0,
  });
  return out;
}

beforeAll(() => {
  expect(plimsoll('trust', 'generate', '--out', trust, '--no-passphrase')).toMatchObject({ status: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('plimsoll db', () => {
  it('builds, verifies, imports, states, finds, compares and rolls back', () => {
    const first = build(1, 30);
    expect(plimsoll('db', 'verify', first, ...root).stdout).toMatch(/^good: full, channel nightly, sequence 1\.1/);
    expect(plimsoll('db', 'import', first, '--db', store, ...root).stdout).toMatch(
      /^imported: channel nightly, sequence 1\.1/,
    );
    expect(plimsoll('db', 'import', first, '--db', store).stdout).toMatch(/^already current/);
    expect(plimsoll('db', 'import', build(2, 31), '--db', store)).toMatchObject({ status: 0 });
    expect(plimsoll('db', 'diff', '--db', store).stdout).toBe('npm package-30: +GHSA-30\n1 package differs\n');
    expect(plimsoll('db', 'search', 'package-3', '--db', store).stdout).toBe('npm  GHSA-3  < 1.0.0  fixed in 1.0.0\n');
    expect(plimsoll('db', 'rollback', '--to', '1', '--db', store).stdout).toMatch(
      /^in use: channel nightly, sequence 1\.1/,
    );
    expect(JSON.parse(plimsoll('db', 'receipt', '--db', store).stdout)).toMatchObject({
      sequence: 1,
      verdict: 'rolled back',
    });
    const status: unknown = JSON.parse(plimsoll('db', 'status', '--db', store, '--format', 'json').stdout);
    expect(status).toMatchObject({
      installed: { sequence: 1, rolledBack: true },
      highest: { sequence: 2 },
      warnings: [],
    });
    const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'schema', 'db-status-1.schema.json'), 'utf8'));
    const validate = new Ajv2020().compile(Object(schema));
    expect([validate(status), validate.errors]).toEqual([true, null]);
  });

  it('answers with JSON of one shape', () => {
    const fresh = join(folder, 'json');
    const answer = (...args: readonly string[]): unknown =>
      JSON.parse(plimsoll('db', ...args, '--db', fresh, '--format', 'json').stdout);
    const [first, second] = [build(6, 30), build(7, 31)];
    const terms = { channel: 'nightly', epoch: 1, kind: 'full', builtAt: '2026-11-01T00:00:00Z' };
    const bundle = (sequence: number) => ({ contentId: expect.any(String), sequence, ...terms });
    const inbox = join(folder, 'inbox');
    mkdirSync(inbox);
    copyFileSync(second, join(inbox, 'second.plb'));
    expect([
      answer('verify', first, ...root),
      answer('import', first, ...root),
      answer('import', first),
      answer('import', '--inbox', inbox),
      answer('rollback', '--to', '7'),
      answer('rollback', '--to', '6'),
      answer('rollback', '--to', '7'),
    ]).toEqual([
      { schemaVersion: 1, bundle: bundle(6), sections: 3, rows: expect.any(Number), canaries: expect.any(Number) },
      { schemaVersion: 1, imports: [{ status: 'imported', bundle: bundle(6), warnings: [] }] },
      { schemaVersion: 1, imports: [{ status: 'current', bundle: bundle(6), warnings: [] }] },
      {
        schemaVersion: 1,
        imports: [{ status: 'imported', bundle: bundle(7), warnings: [] }],
        files: [{ file: 'second.plb', verdict: 'imported' }],
      },
      { schemaVersion: 1, status: 'current', bundle: bundle(7) },
      { schemaVersion: 1, status: 'rolled back', bundle: bundle(6) },
      { schemaVersion: 1, status: 'restored', bundle: bundle(7) },
    ]);
  });

  it('refuses with exit 4, one line, and an untouched store', () => {
    const before = snapshot(store);
    const file = join(folder, 'forged.plb');
    writeFileSync(file, makeBundle({ sequence: 9, signers: [FOREIGN_KEY] }));
    const { status, stdout, stderr } = plimsoll('db', 'import', file, '--db', store);
    expect([status, stdout, stderr.split('\n').length]).toEqual([4, '', 2]);
    expect(stderr).toMatch(/^PLM_BUNDLE_ROOT: it is signed under lab, this store trusts plimsoll-/);
    expect(snapshot(store)).toEqual(before);
  });

  it('brings the archive to the imported database, and keeps the import where that fails', () => {
    const archive = join(folder, 'archive');
    const fresh = join(folder, 'rematched');
    const image = join(folder, 'image.cdx.json');
    const component = { type: 'library', name: 'package-35', version: '0.5.0', purl: 'pkg:npm/package-35@0.5.0' };
    writeFileSync(image, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [component] }));
    const importing = (file: string, ...more: readonly string[]) =>
      plimsoll('db', 'import', file, '--db', fresh, ...root, ...more);
    expect(importing(build(3, 34))).toMatchObject({ status: 0 });
    expect(plimsoll('archive', 'add', `sbom:${image}`, '--archive', archive, '--db', fresh)).toMatchObject({
      status: 0,
    });
    const missing = importing(build(4, 36), '--archive', join(folder, 'no-archive'));
    expect([missing.status, missing.stderr.split(':')[0]]).toEqual([3, 'PLM_ARCHIVE_NOT_FOUND']);
    expect(plimsoll('db', 'status', '--db', fresh, '--format', 'json').stdout).toMatch(/"sequence": ?4/);
    const again = importing(build(4, 36), '--archive', archive, '--exit-on', 'low');
    expect(again.stdout).toMatch(/already current/);
    expect(again.stdout).toMatch(/GHSA-35/);
    expect(again.status).toBe(1);
    const later = runSources(['db', 'import', build(5, 37), '--db', fresh, ...root], {
      env: { ...env, PLIMSOLL_ARCHIVE: archive },
    });
    expect([later.status, later.stderr]).toEqual([0, expect.stringMatching(/1 changed name, 0 components matched/)]);
  });

  it('leaves no folder behind where the first bundle of a store is refused', () => {
    const file = join(folder, 'forged.plb');
    const fresh = join(folder, 'fresh');
    expect(plimsoll('db', 'import', file, '--db', fresh, ...root)).toMatchObject({ status: 4 });
    expect(snapshot(fresh)).toEqual({});
    expect(plimsoll('db', 'status', '--db', fresh)).toMatchObject({ status: 4 });
  });

  it.each([
    ['a file that is not there', ['import', 'absent.plb', '--db', store], 3, 'PLM_INPUT_NOT_FOUND'],
    ['no file', ['import', '--db', store], 2, 'PLM_USAGE'],
    ['two answers in JSON', ['import', 'a.plb', '--archive', folder, '--format', 'json'], 2, 'PLM_USAGE'],
    ['an unknown action', ['destroy'], 2, 'PLM_USAGE'],
    ['a sequence the store does not hold', ['rollback', '--to', '77', '--db', store], 4, 'PLM_BUNDLE_MISSING'],
    ['an address that is none', ['fetch', '--out', folder, '--osv-url', 'ftp://example.org'], 2, 'PLM_USAGE'],
  ])('answers %s with its exit code', (_, args, status, code) => {
    const run = plimsoll('db', ...args);
    expect([run.status, run.stderr.split(':')[0]]).toEqual([status, code]);
  });
});

describe('plimsoll trust', () => {
  it('rotates a release key with two root keys in turn, and stores follow', () => {
    const next = join(folder, 'next');
    expect(plimsoll('trust', 'generate', '--out', next, '--no-passphrase')).toMatchObject({ status: 0 });
    const chain = join(folder, 'chain.json');
    const roles = ['--add-release-key', join(next, 'release-1.pub'), '--key', join(trust, 'root-1.key')];
    const rotated = plimsoll('trust', 'rotate', ...root, '--out', chain, ...roles);
    expect(rotated.stdout).toMatch(/not valid yet/);
    expect(plimsoll('trust', 'show', '--root', chain).stderr).toMatch(/^PLM_BUNDLE_ROOT/);
    expect(plimsoll('trust', 'sign-root', chain, '--key', join(trust, 'root-2.key')).stdout).not.toMatch(/not valid/);
    expect(plimsoll('trust', 'show', '--root', chain, '--format', 'json').stdout).toMatch(/"version": 2/);
    const out = join(folder, 'rotated.plb');
    const terms = ['--channel', 'nightly', '--sequence', '5', '--built-at', '2026-11-02T00:00:00Z', '--root', chain];
    expect(
      plimsoll(
        'db',
        'build',
        '--feeds',
        join(folder, 'feeds'),
        '--out',
        out,
        ...terms,
        '--key',
        join(next, 'release-1.key'),
      ),
    ).toMatchObject({ status: 0 });
    expect(plimsoll('db', 'import', out, '--db', store)).toMatchObject({ status: 0 });
    expect(plimsoll('trust', 'show', '--db', store).stdout).toMatch(/version 2, epoch 1/);
  });

  it('pins a root by its fingerprint, and only once', () => {
    const pinned = join(folder, 'pinned');
    expect(plimsoll('trust', 'init', '--db', pinned, ...root, '--fingerprint', 'ab'.repeat(32))).toMatchObject({
      status: 4,
    });
    expect(plimsoll('trust', 'init', '--db', pinned, ...root)).toMatchObject({ status: 0 });
    const other = join(folder, 'other');
    plimsoll('trust', 'generate', '--out', other, '--no-passphrase');
    expect(plimsoll('trust', 'init', '--db', pinned, '--root', join(other, 'root.json'))).toMatchObject({ status: 4 });
  });

  it('encrypts keys unless that is refused, and never overwrites them', () => {
    const keys = join(folder, 'keys');
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'correct horse\n');
    expect(plimsoll('trust', 'generate', '--out', keys)).toMatchObject({ status: 4 });
    expect(plimsoll('trust', 'generate', '--out', keys, '--passphrase-file', secret)).toMatchObject({ status: 0 });
    expect(readFileSync(join(keys, 'release-1.key'), 'utf8')).toMatch(/BEGIN ENCRYPTED PRIVATE KEY/);
    expect(plimsoll('trust', 'generate', '--out', keys, '--passphrase-file', secret)).toMatchObject({ status: 4 });
  });
});

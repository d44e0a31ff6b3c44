import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/nix/detector.ts';
import { parseStorePath } from '../../../src/catalog/nix/parse-store-path.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';
import { buildSqlite } from '../../support/sqlite-builder.ts';

const HASH = 'h0cnbmfcn93xm5dg2x27ixhag1cwndga';
const GLIBC = `/nix/store/${HASH}-glibc-2.38-44-bin`;
const DATABASE = '/nix/var/nix/db/db.sqlite';
const glibc = { type: 'nix', name: 'glibc', version: '2.38-44', properties: { storeHash: HASH, output: 'bin' } };
const valid = (paths: readonly string[], log = false) =>
  buildSqlite(
    (database) => {
      database.exec(
        'CREATE TABLE ValidPaths (id integer primary key autoincrement not null, path text unique not null, hash text)',
      );
      for (const path of paths)
        database.prepare('INSERT INTO ValidPaths(path, hash) VALUES (?, ?)').run(path, 'sha256:x');
    },
    { log },
  );

describe('Nix', () => {
  it('knows a package by a file of its store path', () => {
    expect(runDetectors(detectors, { [`${GLIBC}/bin/ldd`]: '', [`${GLIBC}/share/too/deep`]: '' })).toEqual([
      { kind: 'package', package: glibc, path: GLIBC },
    ]);
  });

  it('reads the valid paths of the database, its log included', () => {
    const { database, log } = valid([GLIBC, `/nix/store/${HASH}-source`, `/nix/store/${HASH}-a-1.0.drv`], true);
    expect(runDetectors(detectors, { [DATABASE]: database, [`${DATABASE}-wal`]: log })).toEqual([
      { kind: 'package', package: glibc, path: GLIBC },
    ]);
  });

  it.each([
    [`/nix/store/${HASH}-python3.11-requests-2.31.0/lib/x`, 'python3.11-requests', '2.31.0', undefined],
    [`/nix/store/${HASH}-openssl-3.0.13-dev`, 'openssl', '3.0.13', 'dev'],
    [`/nix/store/${HASH}-bash-5.2-p26`, 'bash', '5.2-p26', undefined],
    [`/nix/store/${HASH}-gcc-13.2.0-lib/lib`, 'gcc', '13.2.0', 'lib'],
  ])('splits %s', (path, name, version, output) => {
    expect(parseStorePath(path)).toMatchObject({ name, version, output });
  });

  it.each([
    `/nix/store/${HASH}-source`,
    `/nix/store/${HASH}-etc/passwd`,
    '/nix/store/short-a-1.0',
    `/nix/store/${HASH}-a-1.0.patch`,
    `/opt/nix/store/${HASH}-a-1`,
  ])('sees no package in %s', (path) => {
    expect(parseStorePath(path)).toBeUndefined();
  });

  it.each([
    ['empty', Buffer.alloc(0), 'this is no SQLite database: packages that only the database names are missing'],
    [
      'of another schema',
      buildSqlite((database) => database.exec('CREATE TABLE x (y)')).database,
      'there is no table named ValidPaths: packages that only the database names are missing',
    ],
    [
      'truncated',
      valid(Array.from({ length: 200 }, (_, index) => `${GLIBC}${index}`)).database.subarray(0, 4096),
      'this is no SQLite database',
    ],
  ])('says what is lost when the database is %s', (name, bytes, detail) => {
    const found = problemsOf(runDetectors(detectors, { [DATABASE]: bytes }));
    expect(found.length).toBeGreaterThan(0);
    if (name !== 'truncated') expect(found).toEqual([`PLM_DATABASE_DAMAGED: ${detail}`]);
  });

  it('states the packages as of each layer', () => {
    const [store] = detectors;
    if (store === undefined) throw new Error('no detector');
    const next = `/nix/store/${HASH}-glibc-2.39`;
    const layers = runLayers(store, [
      { [`${GLIBC}/bin/ldd`]: '' },
      { [`${GLIBC}/bin/ldd`]: null, [`${next}/bin/ldd`]: '' },
      { [`${next}/bin/ldd`]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['2.38-44'], ['2.39'], []]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/rpm/detector.ts';
import { type FileTree, packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';
import { buildBerkeley, buildHeader, buildNdb, encodeHeader } from '../../support/rpm-database-builder.ts';
import { buildRpmSqlite, buildSqlite } from '../../support/sqlite-builder.ts';

const BERKELEY = '/var/lib/rpm/Packages';
const NDB = '/usr/lib/sysimage/rpm/Packages.db';
const SQLITE = '/usr/share/rpm/rpmdb.sqlite';

const header = (name: string, more: object = {}): Buffer =>
  buildHeader({ name, version: '1.0', release: '1.el9', ...more });
const padded = (name: string): Buffer => header(name, { license: 'x'.repeat(9000) });
const names = (tree: FileTree): string[] => packagesOf(runDetectors(detectors, tree)).map((one) => one.name);
const problems = (tree: FileTree): string[] => problemsOf(runDetectors(detectors, tree));

describe('rpm header', () => {
  it('is read whole, ownership included', () => {
    const digest = 'ab'.repeat(32);
    const blob = buildHeader({
      name: 'perl-Errno',
      version: '1.30',
      release: '481.el9',
      epoch: 0,
      arch: 'x86_64',
      license: 'MIT',
      vendor: 'Red Hat, Inc.',
      sourceRpm: 'perl-5.32.1-481.el9.src.rpm',
      module: 'perl:5.32:9030020230:abc',
      provides: ['perl(Errno)', 'perl-Errno', 'perl(Errno)'],
      requires: ['rpmlib(CompressedFileNames)', '(a if b)', 'libc.so.6()(64bit)', '/bin/sh'],
      files: [
        { path: '/usr/lib/perl', mode: 0o040755 },
        { path: '/usr/lib/perl/Errno.pm', digest },
        { path: '/usr/share/ghost', flags: 1 << 6, digest },
        { path: '/usr/share/not-installed', state: 2, digest },
        { path: '/etc/link' },
      ],
    });
    const owner = { identity: { type: 'rpm', name: 'perl-Errno', version: '0:1.30-481.el9', arch: 'x86_64' } };
    expect(runDetectors(detectors, { [NDB]: buildNdb([blob]) })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'rpm',
          ofDistro: true,
          name: 'perl-Errno',
          version: '0:1.30-481.el9',
          arch: 'x86_64',
          source: { name: 'perl', version: '5.32.1-481.el9' },
          licenses: ['MIT'],
          qualifiers: { epoch: '0' },
          dependsOn: ['libc.so.6()(64bit)', '/bin/sh'],
          provides: ['perl(Errno)', 'perl-Errno'],
          properties: {
            vendor: 'Red Hat, Inc.',
            sourcerpm: 'perl-5.32.1-481.el9.src.rpm',
            modularitylabel: 'perl:5.32:9030020230:abc',
          },
        },
      },
      { kind: 'owned-file', owner, path: '/usr/lib/perl/Errno.pm', digest: { algorithm: 'sha256', value: digest } },
      { kind: 'owned-file', owner, path: '/etc/link' },
    ]);
  });

  it.each([
    [1, '1:1.0-1.el9'],
    [undefined, '1.0-1.el9'],
  ])('states an epoch of %s as %s', (epoch, expected) => {
    const blob = epoch === undefined ? header('a') : header('a', { epoch });
    expect(packagesOf(runDetectors(detectors, { [NDB]: buildNdb([blob]) }))[0]?.version).toBe(expected);
  });

  it('reads the undivided file names of old packages', () => {
    const text = (tag: number, ...list: string[]) => [tag, 8, list] as const;
    const blob = encodeHeader([text(1000, 'a'), text(1001, '1'), text(1002, '1'), text(1027, '/bin/a', 'relative')]);
    const found = runDetectors(detectors, { [NDB]: buildNdb([blob]) });
    expect(found.flatMap((one) => (one.kind === 'owned-file' ? [one.path] : []))).toEqual(['/bin/a']);
  });

  it('does not spell out one long directory for thousands of files', () => {
    const files = Array.from({ length: 5000 }, () => ({ path: `/${'d'.repeat(4000)}/x` }));
    expect(problems({ [BERKELEY]: buildBerkeley([header('a', { files })]) })[0]).toMatch(/a damaged header/);
  });

  it('leaves out public keys', () => {
    expect(runDetectors(detectors, { [NDB]: buildNdb([header('gpg-pubkey')]) })).toEqual([]);
  });

  it.each([
    ['no name', encodeHeader([[1001, 6, ['1']]])],
    ['counts beyond the blob', Buffer.from('7fffffff7fffffff', 'hex')],
    ['a value beyond the data', Buffer.concat([header('a').subarray(0, -1)])],
    ['nothing', Buffer.alloc(1)],
  ])('is a problem with %s, and the others are kept', (_, blob) => {
    const tree = { [NDB]: buildNdb([header('a'), blob, header('b')]) };
    expect(names(tree)).toEqual(['a', 'b']);
    expect(problems(tree)).toHaveLength(1);
    expect(problems(tree)[0]).toMatch(/its package is missing/);
  });
});

describe('Berkeley DB', () => {
  it.each(['little', 'big'] as const)('reads %s endian files with overflow chains', (order) => {
    expect(names({ [BERKELEY]: buildBerkeley([padded('a'), header('b'), padded('c')], { order }) })).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it.each([512, 4096, 65_536])('reads pages of %d bytes', (pageSize) => {
    expect(names({ [BERKELEY]: buildBerkeley([header('a'), padded('b')], { pageSize }) })).toEqual(['a', 'b']);
  });

  it.each(['little', 'big'] as const)('reads headers that stand on the hash page itself (%s endian)', (order) => {
    const blobs = ['a', 'b', 'c', 'd'].map((name) => header(name));
    expect(names({ [BERKELEY]: buildBerkeley(blobs, { order, pageSize: 512, inlineBytes: 4096 }) })).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('calls a database with nothing but its counter a problem', () => {
    expect(problems({ [BERKELEY]: buildBerkeley([]) })).toEqual([
      'PLM_DATABASE_EMPTY: rpm database names no package: packages installed through it are not in this report',
    ]);
  });

  it('says which pages a truncated file lacks', () => {
    const file = buildBerkeley([padded('a'), padded('b')]);
    expect(problems({ [BERKELEY]: file.subarray(0, 4096 * 4) })).toEqual([
      'PLM_DATABASE_DAMAGED: the file ends after 4 of 8 pages: packages on the others are missing',
    ]);
  });

  it('does not follow a chain that goes round', () => {
    const file = buildBerkeley([padded('a'), header('b')]);
    file.writeUInt32LE(1, 2 * 4096 + 16);
    expect(names({ [BERKELEY]: file })).toEqual(['b']);
    expect(problems({ [BERKELEY]: file })[0]).toMatch(/page 5: a package is missing/);
  });

  it('does not read two values from one chain', () => {
    const file = buildBerkeley([padded('a'), padded('b')]);
    const hash = 7 * 4096;
    const second = file.readUInt16LE(hash + 26 + 5 * 2);
    file.writeUInt32LE(1, hash + second + 4);
    expect(names({ [BERKELEY]: file })).toEqual(['a']);
    expect(problems({ [BERKELEY]: file })).toEqual([
      'PLM_DATABASE_DAMAGED: page 7: a package is missing (9085 bytes wanted at offset 4096 of 32768)',
    ]);
  });

  it('refuses overlapping entries, impossible page sizes and other kinds of database', () => {
    const overlapping = buildBerkeley([header('a')], { inlineBytes: 4096 });
    overlapping.writeUInt16LE(4095, 4096 + 26 + 2);
    const size = buildBerkeley([header('a')]);
    size.writeUInt32LE(4095, 20);
    const tree = buildBerkeley([header('a')]);
    tree.writeUInt32LE(0x00053162, 12);
    expect([overlapping, size, tree].flatMap((file) => problems({ [BERKELEY]: file }))).toEqual([
      'PLM_DATABASE_DAMAGED: the entries of page 1 overlap: the packages on it are missing',
      'PLM_DATABASE_DAMAGED: 4095 is no page size: no package was read',
      'PLM_DATABASE_DAMAGED: the file is a Berkeley DB of another kind than a hash: no package was read',
    ]);
  });
});

describe('ndb', () => {
  it('reads used slots and skips free ones', () => {
    expect(names({ [NDB]: buildNdb([header('a'), null, padded('c')]) })).toEqual(['a', 'c']);
  });

  it('calls a database without used slots a problem', () => {
    expect(problems({ [NDB]: buildNdb([]) })[0]).toMatch(/^PLM_DATABASE_EMPTY/);
  });

  it('names damaged slots and blobs and keeps the others', () => {
    const file = buildNdb([header('a'), header('b'), header('c')]);
    file.writeUInt32LE(0, 32);
    file.writeUInt32LE(0x0fffffff, 32 + 16 + 8);
    expect(names({ [NDB]: file })).toEqual(['c']);
    expect(problems({ [NDB]: file })).toEqual([
      'PLM_DATABASE_DAMAGED: the slot at 32 is damaged: its package is missing',
      expect.stringMatching(/^PLM_DATABASE_DAMAGED: package 2 is missing/),
    ]);
  });

  it('does not read one blob over and over', () => {
    const file = buildNdb([padded('a'), padded('b')]);
    for (let slot = 1; slot < 250; slot += 1) file.copy(file, 32 + slot * 16, 32, 48);
    expect(names({ [NDB]: file })).toEqual(['a', 'a']);
    expect(problems({ [NDB]: file })[0]).toMatch(/the slots claim more than the file holds/);
  });

  it('is truncated within a blob', () => {
    const file = buildNdb([header('a'), padded('b')]);
    expect(names({ [NDB]: file.subarray(0, -64) })).toEqual(['a']);
  });
});

describe('SQLite', () => {
  it.each([512, 1024, 65_536])('reads overflow pages and inner nodes with pages of %d bytes', (pageSize) => {
    const wanted = Array.from({ length: 40 }, (_, index) => `p${index}`);
    const { database } = buildRpmSqlite(
      wanted.map((name, index) => (index % 3 === 0 ? padded(name) : header(name))),
      { pageSize },
    );
    expect(names({ [SQLITE]: database })).toEqual(wanted);
  });

  it('reads what only the write-ahead log holds', () => {
    const { database, log } = buildRpmSqlite([header('a'), padded('b')], { log: true });
    expect(names({ [SQLITE]: database, [`${SQLITE}-wal`]: log })).toEqual(['a', 'b']);
  });

  it('reads a log without its database, and an empty log not at all', () => {
    const { log } = buildRpmSqlite([header('a'), padded('b')], { log: true });
    expect(names({ [`${SQLITE}-wal`]: log })).toEqual(['a', 'b']);
    expect(runDetectors(detectors, { [`${SQLITE}-wal`]: '' })).toEqual([]);
  });

  it('takes no frame after a wrong checksum', () => {
    const { database, log } = buildSqlite(
      (db) => {
        db.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)');
        for (const name of ['a', 'b']) db.prepare('INSERT INTO Packages(blob) VALUES (?)').run(header(name));
      },
      { log: true },
    );
    log[log.length - 1] = (log.at(-1) ?? 0) ^ 1;
    expect(names({ [SQLITE]: database, [`${SQLITE}-wal`]: log })).toEqual(['a']);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'this is no SQLite database: packages are missing'],
    [
      'no table',
      buildSqlite((db) => db.exec('CREATE TABLE Other (a)')).database,
      'there is no table named Packages: no package was read',
    ],
  ])('says so for %s', (_, file, detail) => {
    expect(problems({ [SQLITE]: file })).toEqual([`PLM_DATABASE_DAMAGED: ${detail}`]);
  });

  it('calls an empty table a problem', () => {
    expect(problems({ [SQLITE]: buildRpmSqlite([]).database })[0]).toMatch(/^PLM_DATABASE_EMPTY/);
  });

  it('reads what a truncated file still holds', () => {
    const { database } = buildRpmSqlite([header('a'), header('b'), padded('c')]);
    const tree = { [SQLITE]: database.subarray(0, -4096) };
    expect(names(tree)).toEqual(['a', 'b']);
    expect(problems(tree)[0]).toMatch(/packages are missing \(a row on page \d+: page \d+ lies outside of the file\)/);
  });

  it('survives pages that point to one another', () => {
    const { database } = buildRpmSqlite(
      Array.from({ length: 60 }, (_, index) => padded(`p${index}`)),
      { pageSize: 512 },
    );
    for (let page = 1; page * 512 < database.length; page += 1) {
      const at = page * 512;
      if (database[at] === 5) database.writeUInt32BE(2, at + 8);
      else database.writeUInt32BE(3, at);
    }
    expect(problems({ [SQLITE]: database }).length).toBeGreaterThan(0);
  });
});

describe('any database', () => {
  it('states the packages as of each layer', () => {
    const [database] = detectors;
    if (database === undefined) throw new Error('no detector');
    const layers = runLayers(database, [
      { [BERKELEY]: buildBerkeley([header('a'), header('b')]) },
      { [BERKELEY]: buildBerkeley([header('a', { version: '2.0' })]) },
      { [BERKELEY]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => `${one.name} ${one.version}`))).toEqual([
      ['a 1.0-1.el9', 'b 1.0-1.el9'],
      ['a 2.0-1.el9'],
      [],
    ]);
  });

  it('never throws and never runs on, whatever bytes are changed', () => {
    const blobs = [header('a', { files: [{ path: '/etc/a' }] }), padded('b')];
    const samples: [string, Buffer][] = [
      [BERKELEY, buildBerkeley(blobs, { pageSize: 512 })],
      [NDB, buildNdb(blobs)],
      [SQLITE, buildRpmSqlite(blobs, { pageSize: 512 }).database],
    ];
    const change = fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0, 1, 2, 3, 7, 13, 0x7f, 0xff), fc.nat(255)));
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        ([path, sample], changes, cut) => {
          const file = Buffer.from(sample);
          for (const [at, value] of changes) file[at % (at % 2 === 0 ? file.length : 600)] = value;
          runDetectors(detectors, { [path]: file.subarray(0, cut % 4 === 0 ? cut % file.length : file.length) });
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('rpm container manifest', () => {
  const MANIFEST = '/var/lib/rpmmanifest/container-manifest-2';

  it('reads ten tab-separated columns', () => {
    const text =
      'vim\t9.0-1.cm2\t1\t2\tMicrosoft\t2\t45000\tx86_64\t2\tvim-9.0-1.cm2.src.rpm\nfilesystem\t1.1-9.cm2\t1\t2\t(none)\t(none)\t7\tnoarch\t0\t(none)\n';
    expect(packagesOf(runDetectors(detectors, { [MANIFEST]: text }))).toEqual([
      {
        type: 'rpm',
        ofDistro: true,
        name: 'vim',
        version: '2:9.0-1.cm2',
        arch: 'x86_64',
        source: { name: 'vim', version: '9.0-1.cm2' },
        qualifiers: { epoch: '2' },
        properties: { vendor: 'Microsoft', sourcerpm: 'vim-9.0-1.cm2.src.rpm' },
      },
      { type: 'rpm', ofDistro: true, name: 'filesystem', version: '1.1-9.cm2', arch: 'noarch' },
    ]);
  });

  it('names damaged lines, and an empty list as a problem', () => {
    expect(problems({ [MANIFEST]: 'a\t1-1\ncut' })).toEqual([
      'PLM_DATABASE_DAMAGED: 2 lines without a package (at line 1, 2): these packages are missing',
    ]);
    expect(problems({ [MANIFEST]: '' })[0]).toMatch(/^PLM_DATABASE_EMPTY/);
    expect(problems({ [MANIFEST]: `\u0000\u0001${'\t'.repeat(5000)}` })[0]).toMatch(/^PLM_DATABASE_DAMAGED: 1 line /);
  });
});

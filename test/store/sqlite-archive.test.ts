import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { rematch } from '../../src/store/rematch.ts';
import { openArchive } from '../../src/store/sqlite/open-archive.ts';
import { secret } from '../policy/judged-analysis.ts';
import { archiveConformance } from './archive-conformance.ts';
import { archive, bundleOf, debOf, emptyArchive, imageOf, npmPackage, temporaryFolder } from './archive-fixtures.ts';

archiveConformance('SQLite', () => emptyArchive());

async function filled(): Promise<string> {
  const folder = temporaryFolder();
  const store = openArchive(folder, { create: true });
  for (const name of ['a:1', 'b:1'])
    await archive(store, imageOf(name, [debOf('openssl', '3.0.1'), debOf(name.slice(0, 1), '1')]));
  store.close();
  return folder;
}

function change(folder: string, sql: string): void {
  const database = new SqliteDatabase(join(folder, 'archive.sqlite'));
  database.exec(sql);
  database.close();
}

/** Every table that a repair writes columns of; names by their text, whose numbers do not matter. */
function tables(folder: string): unknown {
  const database = new SqliteDatabase(join(folder, 'archive.sqlite'), { readonly: true });
  const rows = [
    'SELECT * FROM component',
    'SELECT * FROM package_name',
    'SELECT text, component, version FROM component_name JOIN name ON id = name ORDER BY 1, 2, 3',
    'SELECT * FROM flaw',
    'SELECT * FROM flaw_name',
    'SELECT * FROM image',
    'SELECT * FROM image_group',
    'SELECT * FROM group_file',
    'SELECT * FROM group_member',
    'SELECT * FROM secret',
    'SELECT * FROM deviation',
  ].map((sql) => database.prepare(sql).all());
  database.close();
  return rows;
}

const DAMAGED = { code: 'PLM_ARCHIVE_DAMAGED', hint: expect.stringContaining('plimsoll archive verify') };

/** Where each package lies, by name. */
async function content(folder: string): Promise<unknown> {
  const store = openArchive(folder);
  const hits = await Promise.all(['openssl', 'a', 'b'].map((name) => store.search({ kind: 'package', name })));
  store.close();
  return hits;
}

describe('a damaged archive', () => {
  it('altered content is found, named and dropped by a repair; adding again mends it', async () => {
    const folder = await filled();
    change(folder, 'UPDATE blob SET content = zeroblob(8) WHERE digest = (SELECT record FROM image WHERE id = 1)');
    const store = emptyArchive(folder);
    const [image] = await store.images({ image: 'a:1' });
    await expect(store.blob(image?.record ?? '')).rejects.toMatchObject({ code: 'PLM_ARCHIVE_DAMAGED' });
    expect((await store.verify(false)).map((fault) => [fault.what, fault.repaired])).toEqual([['content', false]]);
    await store.verify(true);
    expect(await archive(store, imageOf('a:1', [debOf('openssl', '3.0.1'), debOf('a', '1')]))).toBe('updated');
    expect(await store.verify(false)).toEqual([]);
  });

  it.each([false, true])('every image that needs an altered content is named, repair: %s', async (repair) => {
    const folder = temporaryFolder();
    const store = emptyArchive(folder);
    for (const name of ['a:1', 'b:1']) await archive(store, imageOf(name, [debOf('openssl', '3.0.1')]));
    change(folder, 'UPDATE blob SET content = zeroblob(8)');
    const images = await store.images({});
    const both = images.map(({ key, names }) => `${names[0]} ${key}`).toSorted();
    const told = (await store.verify(repair))
      .map(({ detail }) => detail)
      .filter((detail) => detail.includes('altered'));
    const ofRecords = images.map(({ record, key, names }) => `${record} was altered; add again: ${names[0]} ${key}`);
    const ofGroup = expect.stringMatching(new RegExp(`^[0-9a-f]{64} was altered; add again: ${both.join(', ')}$`));
    expect(told.toSorted()).toEqual(expect.arrayContaining([...ofRecords, ofGroup]));
    expect(told).toHaveLength(3);
  });

  it('of many images that share an altered content the first are named', async () => {
    const folder = temporaryFolder();
    const store = emptyArchive(folder);
    for (const name of ['a:1', 'b:1', 'c:1', 'd:1', 'e:1', 'f:1'])
      await archive(store, imageOf(name, [debOf('openssl', '3.0.1')]));
    change(folder, 'UPDATE blob SET content = zeroblob(8) WHERE digest IN (SELECT digest FROM component_group)');
    const [fault] = await store.verify(true);
    expect(fault?.detail).toMatch(/ add again: a:1 \S+, b:1 \S+, c:1 \S+, d:1 \S+, e:1 \S+ and others$/);
    const left = (await store.verify(false)).map(({ detail }) => /^image (\S+) \S+ has no record/.exec(detail)?.[1]);
    expect(left).toEqual(['a:1', 'b:1', 'c:1', 'd:1', 'e:1', 'f:1']);
  });

  it('tells how far it is', async () => {
    const store = emptyArchive(await filled());
    const told: string[] = [];
    await store.verify(false, ({ step, done, total }) => told.push(`${step} ${done <= total}`));
    expect([told[0], [...new Set(told.map((line) => line.split(' ')[1]))]]).toEqual(['pages true', ['true']]);
  });

  it('a name that is no UTF-8 is filed as the database can hold it', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('a:1', [npmPackage('odd\ud800', '1\udfff', { purl: 'pkg:npm/odd' })]));
    expect(await store.verify(false)).toEqual([]);
  });

  it('an altered event breaks the chain', async () => {
    const folder = await filled();
    change(folder, "DROP TRIGGER event_never_changes; UPDATE event SET at = '2020-01-01' WHERE sequence = 1");
    expect(await emptyArchive(folder).verify(false)).toEqual([
      { what: 'event chain', detail: 'event 1 was altered; history before it cannot be trusted', repaired: false },
    ]);
  });

  it('a removed event breaks the chain', async () => {
    const folder = await filled();
    change(folder, 'DROP TRIGGER event_never_goes; DELETE FROM event WHERE sequence = 1');
    expect((await emptyArchive(folder).verify(false)).map((fault) => fault.detail)).toEqual([
      'event 1 is missing; history before it cannot be trusted',
    ]);
  });

  it('rows that point at nothing are removed by a repair', async () => {
    const folder = await filled();
    change(folder, 'INSERT INTO group_member VALUES (1, 999)');
    const store = emptyArchive(folder);
    expect((await store.verify(true)).map((fault) => [fault.what, fault.repaired])).toEqual([['link', true]]);
    expect(await store.verify(false)).toEqual([]);
  });

  describe.each([
    ['no JSON', '{'],
    ['another shape', '{"package":{"name":1}}'],
  ])('a text that is %s', (_name, text) => {
    it('of a component is refused, found, and mended by adding again', async () => {
      const folder = await filled();
      const sound = await content(folder);
      change(folder, `UPDATE component SET content = '${text}' WHERE purl LIKE '%openssl%'`);
      const store = emptyArchive(folder);
      await expect(store.components([1, 2, 3])).rejects.toMatchObject(DAMAGED);
      expect((await store.verify(false)).map(({ what, repaired }) => [what, repaired])).toEqual([['component', false]]);
      await store.verify(true);
      for (const name of ['a:1', 'b:1'])
        expect(await archive(store, imageOf(name, [debOf('openssl', '3.0.1'), debOf(name.slice(0, 1), '1')]))).toBe(
          'updated',
        );
      expect([await store.verify(false), await content(folder)]).toEqual([[], sound]);
    });

    it('of a finding is refused, found, and mended by the next re-match', async () => {
      const folder = temporaryFolder();
      const writer = openArchive(folder, { create: true });
      const bundle = bundleOf(1, [{ id: 'GHSA-1', ecosystem: 'npm', name: 'lodash' }]);
      await archive(writer, imageOf('a:1', [npmPackage('lodash', '4.17.10')]), bundle);
      const sound = await writer.findings([1]);
      writer.close();
      change(folder, `UPDATE flaw SET content = '${text}'`);
      const store = emptyArchive(folder);
      await expect(store.findings([1])).rejects.toMatchObject(DAMAGED);
      expect((await store.verify(true)).map(({ what, repaired }) => [what, repaired])).toContainEqual([
        'finding',
        true,
      ]);
      await rematch({ store, bundle, at: '2026-01-05T00:00:00Z', earlier: () => undefined });
      expect([await store.verify(false), await store.findings([1])]).toEqual([[], sound]);
    });
  });

  describe.each([
    ['a purl', "UPDATE component SET purl = 'pkg:deb/debian/zzz@1' WHERE purl LIKE '%openssl%'", 'component'],
    ['a searched name', "UPDATE package_name SET name = 'zzz' WHERE name = 'openssl'", 'component index'],
    ['a searched name too many', "INSERT INTO package_name SELECT 'zzz', id FROM component LIMIT 1", 'component index'],
    ['a name of advisories', "UPDATE name SET text = 'npm zzz' WHERE id = 1", 'component index'],
    ['a compared version', "UPDATE component_name SET version = '9' WHERE name = 1", 'component index'],
    ["a flaw's id", "UPDATE flaw SET vulnerability = 'CVE-9'", 'finding'],
    ["a flaw's severity", "UPDATE flaw SET severity = 'low'", 'finding'],
    ["a flaw's suppression", 'UPDATE flaw SET suppressed = 1', 'finding'],
    ["a flaw's searched id", "UPDATE flaw_name SET name = 'CVE-9'", 'finding'],
    ["a flaw's searched id too many", "INSERT INTO flaw_name SELECT 'CVE-9', id FROM flaw", 'finding'],
    ['a manifest digest', "UPDATE image SET manifest = 'sha256:00' WHERE id = 1", 'image'],
    ['no manifest digest', 'UPDATE image SET manifest = NULL WHERE id = 1', 'image'],
    ['a key', "UPDATE image SET key = 'sha256:00' WHERE id = 1", 'image'],
    ['a record', 'UPDATE image SET record = (SELECT record FROM image WHERE id = 2) WHERE id = 1', 'image'],
    ['a platform', "UPDATE image SET platform = 'linux/zzz' WHERE id = 1", 'image'],
    ['a distro', "UPDATE image SET os = 'zzz' WHERE id = 1", 'image'],
    ['a day', "UPDATE image SET added_at = '2020-01-01T00:00:00Z' WHERE id = 1", 'image'],
    ['a layer', 'UPDATE image_group SET layer = layer + 1 WHERE image = 1', 'image'],
    ['a group too few', 'DELETE FROM image_group WHERE image = 1 AND layer = 1', 'image'],
    ['a secret', "UPDATE secret SET fingerprint = 'zzz' WHERE image = 1", 'image'],
    ['a secret too many', "INSERT INTO secret VALUES ('zzz', 1, 'r', 'p', NULL, NULL)", 'image'],
    ['a state', "UPDATE deviation SET state = 'overwritten', removed_in = NULL WHERE image = 1", 'image'],
    ['a file', "UPDATE group_file SET digest = 'sha256:zzz'", 'group'],
    ['a file too many', "INSERT INTO group_file VALUES ('sha256:zzz', 1, '/z')", 'group'],
    ['a member', 'UPDATE group_member SET component = 2 WHERE component = 1', 'group'],
    ['a member too many', 'INSERT INTO group_member VALUES (3, 1)', 'group'],
    ['a retirement', "UPDATE image SET retired_at = '2020-01-01T00:00:00Z' WHERE id = 1", 'image'],
  ])('%s that is not what the hashed text says', (_name, sql, what) => {
    it('is found, and put right by a repair', async () => {
      const folder = temporaryFolder();
      const writer = openArchive(folder, { create: true });
      const bundle = bundleOf(1, [{ id: 'GHSA-1', ecosystem: 'npm', name: 'lodash' }]);
      for (const name of ['a:1', 'b:1'])
        await archive(
          writer,
          imageOf(
            name,
            [
              debOf('openssl', '3.0.1', {
                locations: [{ path: '/var/lib/dpkg/status', layer: 0, digest: 'sha256:aa' }],
              }),
              npmPackage('lodash', name),
              npmPackage('gone', '1', { state: 'deleted', removedIn: 2 }),
            ],
            { secrets: [secret({ fingerprint: 'f9', state: 'deleted' })] },
          ),
          bundle,
        );
      writer.close();
      const sound = tables(folder);
      change(folder, sql);
      const store = emptyArchive(folder);
      expect((await store.verify(false)).map((fault) => [fault.what, fault.repaired])).toEqual([[what, false]]);
      expect((await store.verify(true)).map((fault) => [fault.what, fault.repaired])).toEqual([[what, true]]);
      expect([await store.verify(false), tables(folder)]).toEqual([[], sound]);
    });
  });

  it('an original SBOM that is not there is told', async () => {
    const folder = await filled();
    change(folder, "UPDATE image SET source = 'zzz' WHERE id = 1");
    expect(await emptyArchive(folder).verify(false)).toEqual([
      { what: 'content', detail: expect.stringContaining('the original SBOM of image a:1 sha256:'), repaired: false },
    ]);
  });

  it('an event that its component does not lead to is found and filed again', async () => {
    const folder = temporaryFolder();
    const writer = openArchive(folder, { create: true });
    const before = bundleOf(1, []);
    await archive(writer, imageOf('a:1', [npmPackage('lodash', '4.17.10')]), before);
    const bundle = bundleOf(2, [{ id: 'GHSA-1', ecosystem: 'npm', name: 'lodash' }]);
    await rematch({ store: writer, bundle, at: '2026-01-02T00:00:00Z', earlier: () => before });
    const filed = await writer.events({ component: [1] });
    writer.close();
    change(folder, 'DELETE FROM event_component');
    const store = emptyArchive(folder);
    expect(await store.verify(true)).toEqual([
      { what: 'event index', detail: '1 event not filed under their components', repaired: true },
    ]);
    expect([await store.verify(false), await store.events({ component: [1] })]).toEqual([[], filed]);
  });

  it('overwritten pages are found or refused with a code, never an exception of SQLite', async () => {
    const folder = await filled();
    const path = join(folder, 'archive.sqlite');
    const size = readFileSync(path).length;
    const file = openSync(path, 'r+');
    for (let page = 2; page * 4096 < size; page += 3) writeSync(file, Buffer.alloc(512, 0xa5), 0, 512, page * 4096);
    const found = async (): Promise<unknown> => {
      const store = openArchive(folder);
      try {
        return (await store.verify(false)).length > 0;
      } finally {
        store.close();
      }
    };
    expect(await found().catch((error: unknown) => error)).toSatisfy(
      (result) =>
        result === true || (result instanceof Error && 'code' in result && result.code === 'PLM_ARCHIVE_DAMAGED'),
    );
  });

  it('a file that is no database is refused with the code', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'archive.sqlite'), 'not a database, but long enough to be taken for one'.repeat(100));
    expect(() => openArchive(folder)).toThrow(expect.objectContaining({ code: 'PLM_ARCHIVE_DAMAGED' }));
  });

  it.each([
    ['an older', '2', 'add the images to a new archive'],
    ['a newer', '99', 'use the newer plimsoll'],
  ])('%s archive is refused, with the way out, and left as it is', async (_name, version, way) => {
    const folder = await filled();
    change(folder, `UPDATE meta SET value = '${version}' WHERE key = 'schema'`);
    const before = readFileSync(join(folder, 'archive.sqlite'));
    expect(() => openArchive(folder)).toThrow(
      expect.objectContaining({ code: 'PLM_ARCHIVE_VERSION', hint: expect.stringContaining(way) }),
    );
    expect(readFileSync(join(folder, 'archive.sqlite')).equals(before)).toBe(true);
  });

  it('a folder without an archive is not made one by reading', () => {
    expect(() => openArchive(temporaryFolder())).toThrow(expect.objectContaining({ code: 'PLM_ARCHIVE_NOT_FOUND' }));
  });

  it('events cannot be changed by mistake', async () => {
    const folder = await filled();
    expect(() => change(folder, 'DELETE FROM event')).toThrow('append-only');
  });
});

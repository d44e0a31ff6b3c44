import { describe, expect, it } from 'vitest';
import { DETECTORS } from '../../src/detect/registry.generated.ts';
import { linkedDatabases } from '../../src/pipeline/linked-databases.ts';
import type { LayerLiteral } from '../support/image-builder.ts';
import { historyOf } from '../support/read-history.ts';

async function problems(...layers: readonly LayerLiteral[]): Promise<readonly string[]> {
  return linkedDatabases((await historyOf(layers)).view(), DETECTORS).map(({ path, detail }) => `${path}: ${detail}`);
}

const STATUS = 'Package: a\nStatus: install ok installed\nVersion: 1\n';
const LOST = [
  '/var/lib/dpkg/status: dpkg status file: it leads to /x/state, which is not read under that name: packages it names are missing',
];

describe('linkedDatabases', () => {
  it.each<readonly [string, readonly LayerLiteral[]]>([
    ['is a link', [{ '/x/state': STATUS, '/var/lib/dpkg/status': { symlink: '/x/state' } }]],
    ['is a link of a later layer', [{ '/x/state': STATUS }, { '/var/lib/dpkg/status': { symlink: '/x/state' } }]],
    ['is a hard link to a lower layer', [{ '/x/state': STATUS }, { '/var/lib/dpkg/status': { hardLink: '/x/state' } }]],
    [
      'too large to be read once more is a hard link',
      [{ '/x/state': STATUS.padEnd(2 ** 20 + 1, '\n'), '/var/lib/dpkg/status': { hardLink: '/x/state' } }],
    ],
  ])('says that a database %s to what is not read', async (_, layers) => {
    expect(await problems(...layers)).toEqual(LOST);
  });

  it('says that a database that is read with its companions is a hard link to another name', async () => {
    const layer = { '/x/rpm': 'bytes', '/var/lib/rpm/rpmdb.sqlite': { hardLink: '/x/rpm' } };
    expect(await problems(layer)).toEqual([
      '/var/lib/rpm/rpmdb.sqlite: rpm SQLite database: it leads to /x/rpm, which is not read under that name: packages it names are missing',
    ]);
  });

  it('says nothing where the bytes are read all the same, or where there are none', async () => {
    const usrMerged = { '/lib': { symlink: 'usr/lib' }, '/usr/lib/apk/db/installed': 'P:a\nV:1\n\n' };
    const dangling = { '/var/lib/dpkg/status': { symlink: '/nowhere' } };
    const linked = { '/x/state': STATUS, '/var/lib/dpkg/status': { hardLink: '/x/state' } };
    const plain = { '/var/lib/dpkg/status': STATUS };
    for (const layer of [usrMerged, dangling, linked, plain]) expect(await problems(layer)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { buildHeader } from '../support/rpm-database-builder.ts';
import { buildRpmSqlite } from '../support/sqlite-builder.ts';

/** Packages with where and since when they are, and what could not be read, of an image of these layers. */
async function found(layers: readonly LayerLiteral[], limits: Limits = DEFAULT_LIMITS): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers })));
  const { packages, problems, image } = await analyzeImage(path, {
    limits,
    scanners: new Set(['vuln']),
    workers: 0,
    version: '1',
  });
  return [
    ...(image.os === undefined || image.os.id === 'unknown' ? [] : [`${image.os.id} ${image.os.versionId}`]),
    ...packages.map(({ name, version, state, locations: [{ path, layer }] }) =>
      [name, version, state, path, layer].join(' '),
    ),
    ...problems.filter(({ path }) => path !== undefined).map(({ path, code }) => `${path} ${code}`),
  ];
}

const status = (version: string, size = 0): string =>
  `Package: a\nStatus: install ok installed\nVersion: ${version}\n`.padEnd(size, '\n');
const STATUS = '/var/lib/dpkg/status';
const RPM = '/usr/share/rpm/rpmdb.sqlite';
const OBJECT = '/sysroot/ostree/repo/objects/ab/cd.file';

describe('a package database', () => {
  it.each<readonly [string, readonly LayerLiteral[], number]>([
    ['is a link', [{ '/x/state': status('1'), [STATUS]: { symlink: '/x/state' } }], 0],
    ['is in a linked folder', [{ '/x/status': status('1'), '/var/lib/dpkg': { symlink: '../../x' } }], 0],
    ['is a link of a later layer', [{ '/x/state': status('1') }, { [STATUS]: { symlink: '/x/state' } }], 0],
    ['is a hard link to a lower layer', [{}, { '/x/state': status('1') }, { [STATUS]: { hardLink: '/x/state' } }], 1],
    ['of any size is a hard link', [{ '/x/state': status('1', 2 ** 20 + 1), [STATUS]: { hardLink: '/x/state' } }], 0],
  ])('is read where it %s to a name that is not read', async (_, layers, layer) => {
    expect(await found(layers)).toEqual([`a 1 present ${STATUS} ${layer}`]);
  });

  it('tells through a link what it said in lower layers too', async () => {
    const link = { [STATUS]: { symlink: '/x/state' } };
    expect(await found([{ '/x/state': status('1'), ...link }, { '/x/state': status('2') }])).toEqual([
      `a 1 overwritten ${STATUS} 0`,
      `a 2 present ${STATUS} 1`,
    ]);
  });

  it('that is read with its log is read as a hard link, and so is the name of the distro: ostree links all files', async () => {
    const { database, log } = buildRpmSqlite([buildHeader({ name: 'bash', version: '5.2', release: '1.fc42' })], {
      log: true,
    });
    const layer = {
      [OBJECT]: database,
      [`${OBJECT}2`]: log,
      [`${OBJECT}3`]: 'ID=fedora\nVERSION_ID=42\n',
      '/usr/lib/os-release': { hardLink: `${OBJECT}3` },
      [RPM]: { hardLink: OBJECT },
      [`${RPM}-wal`]: { hardLink: `${OBJECT}2` },
    };
    expect(await found([layer])).toEqual(['fedora 42', `bash 5.2-1.fc42 present ${RPM} 0`]);
  });

  it('is named where it is a link to more bytes than may be held', async () => {
    const layer = { '/x/state': status('1'), [STATUS]: { symlink: '/x/state' } };
    expect(await found([layer], withLimits({ capturedFileBytes: 20 }))).toEqual([`${STATUS} PLM_FILE_UNREADABLE`]);
  });

  it('is read once where the bytes are read all the same, and missed where there are none', async () => {
    const merged = { '/usr/lib/dpkg/status': status('1'), '/var/lib': { symlink: '../usr/lib' } };
    expect(await found([merged])).toEqual(['a 1 present /usr/lib/dpkg/status 0']);
    expect(await found([{ [STATUS]: { symlink: '/nowhere' } }])).toEqual([]);
  });
});

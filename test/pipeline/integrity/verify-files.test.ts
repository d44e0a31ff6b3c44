import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../../src/analyze.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../../src/limits.ts';
import type { IntegrityReport } from '../../../src/model/analysis.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../../support/image-builder.ts';
import { buildHeader } from '../../support/rpm-database-builder.ts';
import { buildRpmSqlite } from '../../support/sqlite-builder.ts';
import { paxHeader, paxRecord, tar, tarFile } from '../../support/tar-builder.ts';

interface Verified {
  readonly integrity: IntegrityReport | undefined;
  readonly unverified: readonly string[];
  readonly failed: readonly string[];
}

async function verify(
  layers: readonly (LayerLiteral | Uint8Array)[],
  limits: Limits = DEFAULT_LIMITS,
): Promise<Verified> {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers })));
  const { files, problems, misconfigurations } = await analyzeImage(path, {
    limits,
    scanners: new Set(['file', 'config']),
    workers: 0,
    version: '1',
    verifyFiles: true,
  });
  return {
    integrity: files.integrity,
    unverified: problems.filter(({ code }) => code === 'PLM_FILES_UNVERIFIED').map(({ detail }) => detail),
    failed: misconfigurations.filter(({ id }) => id === 'PLM-C025').map((one) => `${one.path}: ${one.evidence}`),
  };
}

const md5 = (text: string): string => hash('md5', text);
const STATUS = {
  '/var/lib/dpkg/status': `Package: a\nStatus: install ok installed\nVersion: 1\nConffiles:\n /opt/a.conf ${md5('old')}\n`,
};
/** dpkg's lists of the package `a`, with the contents of its files. */
const debian = (files: Readonly<Record<string, string>>): LayerLiteral => ({
  ...STATUS,
  '/var/lib/dpkg/info/a.md5sums': Object.entries(files)
    .map(([path, content]) => `${md5(content)}  ${path.slice(1)}\n`)
    .join(''),
});
const modified = (path: string, expected: string, found: string, layer = 1) => ({
  path,
  layer,
  packageId: 'pkg:deb/a@1',
  algorithm: 'md5',
  expected: md5(expected),
  found: md5(found),
});
const verified = (checked: number, ...files: readonly ReturnType<typeof modified>[]): IntegrityReport => ({
  checked,
  withoutDigest: 0,
  modified: files,
});

describe('files of packages', () => {
  it('are held against the digests of the database, and told with the layer that rewrote them', async () => {
    const installed = { '/usr/bin/a': 'as built', '/usr/lib/a.so': 'library', '/usr/share/doc/a/gone': 'left out' };
    const base = { ...debian(installed), '/usr/bin/a': 'as built', '/usr/lib/a.so': 'library' };
    expect(await verify([base, { '/usr/bin/a': 'patched' }])).toEqual({
      integrity: verified(2, modified('/usr/bin/a', 'as built', 'patched')),
      unverified: [],
      failed: [`/usr/bin/a: md5 ${md5('patched').slice(0, 12)}, not ${md5('as built').slice(0, 12)} of a 1`],
    });
  });

  it.each<readonly [string, Readonly<Record<string, string>>, LayerLiteral, number]>([
    ['lies behind a symlink', { '/bin/a': 'x' }, { '/usr/bin/a': 'x', '/bin': { symlink: 'usr/bin' } }, 1],
    ['is a symlink to the content', { '/bin/a': 'x' }, { '/opt/a': 'x', '/bin/a': { symlink: '/opt/a' } }, 1],
    ['is a hard link', { '/bin/a': 'x', '/bin/b': 'x' }, { '/bin/a': 'x', '/bin/b': { hardLink: '/bin/a' } }, 2],
    ['is empty', { '/bin/a': '' }, { '/bin/a': '' }, 1],
    ['is configuration by its place', { '/etc/a': 'x', '/bin/a': 'x' }, { '/etc/a': 'edited', '/bin/a': 'x' }, 1],
    ['is configuration by the database', { '/bin/a': 'x' }, { '/opt/a.conf': 'edited', '/bin/a': 'x' }, 1],
  ])('are as installed where one %s', async (_, stated, layer, checked) => {
    const { integrity } = await verify([{ ...debian(stated), ...layer }]);
    expect(integrity).toEqual(verified(checked));
  });

  it('are sought where dpkg diverted them to, but for those of the package that diverts', async () => {
    const diversions = '/bin/a\n/bin/a.real\nother\n/bin/b\n/bin/b.real\na\n';
    const layer = {
      ...debian({ '/bin/a': 'x', '/bin/b': 'y' }),
      '/var/lib/dpkg/diversions': diversions,
      '/bin/a': 'wrapper',
      '/bin/a.real': 'x',
      '/bin/b': 'changed',
    };
    const { integrity } = await verify([layer]);
    expect(integrity).toEqual(verified(2, modified('/bin/b', 'y', 'changed', 0)));
  });

  it('are sought where dpkg diverted them to also where the directory became a link', async () => {
    const layer = {
      ...debian({ '/bin/a': 'x' }),
      '/bin': { symlink: 'usr/bin' },
      '/var/lib/dpkg/diversions': '/bin/a\n/bin/a.real\nother\n',
      '/usr/bin/a': 'wrapper',
      '/usr/bin/a.real': 'x',
    };
    expect((await verify([layer])).integrity).toEqual(verified(1));
  });

  it('of a root file system inside the image are sought there', async () => {
    const layer = {
      ...debian({ '/bin/a': 'x' }),
      '/bin/a': 'x',
      '/bin/n': 'of the image itself',
      '/srv/root/var/lib/dpkg/status': 'Package: n\nStatus: install ok installed\nVersion: 1\n',
      '/srv/root/var/lib/dpkg/info/n.md5sums': `${md5('y')}  bin/n\n${md5('z')}  usr/z\n`,
      '/srv/root/bin': { symlink: 'usr/bin' },
      '/srv/root/usr/bin/n': 'y',
      '/srv/root/usr/z': 'changed',
    };
    const { integrity } = await verify([layer]);
    expect(integrity).toEqual(
      verified(3, { ...modified('/srv/root/usr/z', 'z', 'changed', 0), packageId: 'pkg:deb/n@1' }),
    );
  });

  it('of a package that is also in a root file system inside the image are sought in the image itself', async () => {
    const outer = { ...debian({ '/bin/a': 'x' }), '/bin/a': 'changed' };
    const inner = Object.fromEntries(
      Object.entries({ ...debian({ '/bin/a': 'x' }), '/bin/a': 'x', '/usr/': '' }).map(([path, entry]) => [
        `/a/root${path}`,
        entry,
      ]),
    );
    const expected = verified(1, modified('/bin/a', 'x', 'changed', 0));
    expect((await verify([{ ...inner, ...outer }])).integrity).toEqual(expected);
    expect((await verify([{ ...outer, ...inner }])).integrity).toEqual(expected);
  });

  it.each<readonly [string, LayerLiteral]>([
    ['a directory', { '/bin/a/': '' }],
    ['a device', { '/bin/a': { type: '3' } }],
    ['a link that leads nowhere', { '/bin/a': { symlink: '/gone' } }],
    ['a link to itself', { '/bin/a': { symlink: 'a' } }],
  ])('are told where %s took their place', async (_, later) => {
    const { found: __, ...rest } = modified('/bin/a', 'x', '');
    expect(await verify([{ ...debian({ '/bin/a': 'x' }), '/bin/a': 'x' }, later])).toEqual({
      integrity: { checked: 1, withoutDigest: 0, modified: [rest] },
      unverified: [],
      failed: [`/bin/a: no file where a 1 installed md5 ${md5('x').slice(0, 12)}`],
    });
  });

  it('are as stated where a link that leads to no file has the digest of nothing, as conda states', async () => {
    const layer = { ...debian({ '/lib/a': '', '/lib/b': 'x' }), '/lib/a': { symlink: 'folder' }, '/lib/b': 'x' };
    expect((await verify([{ ...layer, '/lib/folder/': '' }])).integrity).toEqual(verified(1));
  });

  it('may be as any of the packages states that share them', async () => {
    const record = 'a.py,sha256=not-a-digest,1\n';
    const python = `/usr/lib/python3/dist-packages/p-1.dist-info`;
    const sha256 = Buffer.from(hash('sha256', 'newer'), 'hex').toString('base64url');
    const base = { ...debian({ '/usr/lib/python3/dist-packages/p.py': 'older' }), [`${python}/RECORD`]: record };
    const pip = {
      [`${python}/METADATA`]: 'Metadata-Version: 2.1\nName: p\nVersion: 1\n',
      [`${python}/RECORD`]: `p.py,sha256=${sha256},5\n`,
      '/usr/lib/python3/dist-packages/p.py': 'newer',
    };
    const { integrity } = await verify([base, pip]);
    expect(integrity).toEqual(verified(1));
  });

  it('of apk are compared as links too', async () => {
    const q1 = (text: string): string => `Q1${Buffer.from(hash('sha1', text), 'hex').toString('base64')}`;
    const installed = `P:busybox\nV:1.36.0-r9\nF:bin\nR:busybox\nZ:${q1('program')}\nR:sh\nZ:${q1('/bin/busybox')}\nR:ls\nZ:${q1('/bin/busybox')}\n\n`;
    const layer = {
      '/lib/apk/db/installed': installed,
      '/bin/busybox': 'program',
      '/bin/sh': { symlink: '/bin/busybox' },
      '/bin/ls': { symlink: '/opt/ls' },
      '/opt/ls': 'another program',
    };
    const { integrity } = await verify([layer]);
    expect(integrity).toMatchObject({ checked: 3, modified: [{ path: '/bin/ls', algorithm: 'sha1' }] });
  });

  it('of rpm are compared but for configuration and what packages leave out of their own verification', async () => {
    const file = (path: string, more: object = {}) => ({ path, digest: hash('sha256', 'x'), ...more });
    const header = buildHeader({
      name: 'b',
      version: '1',
      release: '1',
      files: [file('/usr/bin/b'), file('/usr/b.conf', { flags: 1 }), file('/usr/state', { verify: 0xfffffffe })],
    });
    const layer = {
      '/usr/share/rpm/rpmdb.sqlite': buildRpmSqlite([header]).database,
      '/usr/bin/b': 'changed',
      '/usr/b.conf': 'changed',
      '/usr/state': 'changed',
    };
    const { integrity } = await verify([layer]);
    expect(integrity).toMatchObject({ checked: 1, modified: [{ path: '/usr/bin/b' }] });
  });

  it('of pacman are compared but for those it backs up', async () => {
    const folder = '/var/lib/pacman/local/b-1-1';
    const mtree = ['opt/b.conf', 'usr/b']
      .map((path) => `./${path} time=1 size=1 sha256digest=${hash('sha256', 'x')}\n`)
      .join('');
    const layer = {
      [`${folder}/desc`]: '%NAME%\nb\n\n%VERSION%\n1-1\n',
      [`${folder}/files`]: `%FILES%\nopt/b.conf\nusr/b\n\n%BACKUP%\nopt/b.conf\t${md5('x')}\n`,
      [`${folder}/mtree`]: gzipSync(mtree),
      '/opt/b.conf': 'changed',
      '/usr/b': 'changed',
    };
    const { integrity } = await verify([layer]);
    expect(integrity).toMatchObject({ checked: 1, modified: [{ path: '/usr/b' }] });
  });

  it('without a digest are counted', async () => {
    const layer = { ...STATUS, '/var/lib/dpkg/info/a.list': '/bin\n/bin/a\n', '/bin/a': 'x' };
    expect((await verify([{ ...debian({ '/bin/b': 'y' }), '/bin/b': 'y', ...layer }])).integrity).toEqual({
      checked: 1,
      withoutDigest: 1,
      modified: [],
    });
  });

  it('are not verified where no database states a digest', async () => {
    expect(await verify([{ '/bin/a': 'x' }])).toEqual({
      integrity: verified(0),
      unverified: ['no package database of the image states digests of files that are there: none could be verified'],
      failed: [],
    });
  });

  it('are told as not verified where they cannot be put together, and the others are verified', async () => {
    const sparse = [paxRecord('GNU.sparse.size', '600'), paxRecord('GNU.sparse.map', '0,600')];
    const layer = tar(
      tarFile('bin/a', 'x'),
      paxHeader(Buffer.concat(sparse)),
      tarFile('bin/b', 'more bytes than may be held'.padEnd(600)),
      tarFile('bin/c', 'changed'),
    );
    const stated = debian({ '/bin/a': 'x', '/bin/b': 'y', '/bin/c': 'z' });
    expect(await verify([stated, layer], withLimits({ capturedFileBytes: 500 }))).toMatchObject({
      integrity: { checked: 2, modified: [{ path: '/bin/c' }] },
      unverified: [
        'a sparse file stores more bytes than may be held: 1 file of packages in this layer could not be verified',
      ],
    });
  });
});

it('only files that were asked for are verified', async () => {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers: [{ ...debian({ '/a': 'x' }), '/a': 'y' }] })));
  const { files } = await analyzeImage(path, {
    limits: DEFAULT_LIMITS,
    scanners: new Set(['file']),
    workers: 0,
    version: '1',
  });
  expect(files.integrity).toBeUndefined();
});

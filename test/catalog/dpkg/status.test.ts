import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/dpkg/detector.ts';
import { parseStatus } from '../../../src/catalog/dpkg/parse-status.ts';
import { type FileTree, packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const STATUS = '/var/lib/dpkg/status';
const stanza = (name: string, version: string, rest = ''): string =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n${rest}\n`;
const namesOf = (tree: FileTree): string[] =>
  packagesOf(runDetectors(detectors, tree)).map((one) => `${one.type} ${one.name} ${one.version}`);

describe('dpkg status', () => {
  it('reads one stanza whole', () => {
    const text = stanza(
      'libssl3',
      '3.0.11-1~deb12u2',
      'Source: openssl\nMaintainer: A <a@debian.org>\nPre-Depends: libc6 (>= 2.34), dpkg | dpkg-ng\nDepends: libc6 (>= 2.36),\n zlib1g:any\nProvides: libssl (= 3.0)\nConffiles:\n /etc/ssl/a b.cnf 0123456789abcdef0123456789abcdef obsolete\n /etc/new newconffile\n',
    );
    expect(runDetectors(detectors, { [STATUS]: text })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'deb',
          ofDistro: true,
          name: 'libssl3',
          version: '3.0.11-1~deb12u2',
          arch: 'amd64',
          source: { name: 'openssl', version: '3.0.11-1~deb12u2' },
          dependsOn: ['libc6', 'dpkg', 'dpkg-ng', 'libc6', 'zlib1g'],
          provides: ['libssl'],
          properties: { maintainer: 'A <a@debian.org>' },
        },
      },
      {
        kind: 'owned-file',
        owner: { identity: { type: 'deb', name: 'libssl3', version: '3.0.11-1~deb12u2', arch: 'amd64' } },
        path: '/etc/ssl/a b.cnf',
        digest: { algorithm: 'md5', value: '0123456789abcdef0123456789abcdef', mayChange: true },
      },
    ]);
  });

  it.each([
    ['Source: glibc (2.36-9)', { name: 'glibc', version: '2.36-9' }],
    ['Source: glibc', { name: 'glibc', version: '2.36-9+b1' }],
    ['Source: glibc ()', { name: 'glibc', version: '2.36-9+b1' }],
    ['Section: libs', { name: 'libc6', version: '2.36-9+b1' }],
  ])('takes the source package from "%s"', (field, expected) => {
    const [found] = packagesOf(runDetectors(detectors, { [STATUS]: stanza('libc6', '2.36-9+b1', `${field}\n`) }));
    expect(found?.source).toEqual(expected);
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['install ok triggers-pending', true],
    ['install ok half-configured', true],
    ['install reinstreq half-installed', false],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
    ['deinstall ok installed', true],
    ['purge ok installed', true],
    ['install ok not-installed', false],
  ])('takes "%s" for on disk: %s', (status, expected) => {
    expect([...parseStatus(`Package: a\nStatus: ${status}\nVersion: 1\n`)].includes('removed')).toBe(!expected);
  });

  it('keeps stanzas of status.d, which have no Status, and takes md5sums for a file list', () => {
    const tree = {
      '/var/lib/dpkg/status.d/tzdata': 'Package: tzdata\nVersion: 2024a-0\nArchitecture: all',
      '/var/lib/dpkg/status.d/tzdata.md5sums': '0123456789abcdef0123456789abcdef  usr/share/zoneinfo/UTC\n',
    };
    expect(namesOf(tree)).toEqual(['deb tzdata 2024a-0']);
    expect(runDetectors(detectors, tree).filter((one) => one.kind !== 'package')).toEqual([
      {
        kind: 'owned-file',
        owner: { evidence: '/var/lib/dpkg/status.d/tzdata' },
        path: '/usr/share/zoneinfo/UTC',
        digest: { algorithm: 'md5', value: '0123456789abcdef0123456789abcdef' },
      },
    ]);
  });

  it('reads usr-merged and nested roots, and CRLF', () => {
    const text = stanza('a', '1').replaceAll('\n', '\r\n');
    expect(namesOf({ '/usr/lib/dpkg/status': text, '/opt/chroot/var/lib/dpkg/status': text })).toEqual([
      'deb a 1',
      'deb a 1',
    ]);
  });

  it('reads opkg status and control files as opkg packages', () => {
    const tree = {
      '/usr/lib/opkg/status':
        'Package: busybox\nVersion: 1.36.1-1\nStatus: install user installed\nArchitecture: x86_64\n\nPackage: gone\nVersion: 1\nStatus: deinstall user not-installed\n',
      '/usr/lib/opkg/info/busybox.control':
        'Package: busybox\nVersion: 1.36.1-1\nSource: package/utils/busybox\nSourceName: busybox\nLicense: GPL-2.0\n',
      '/usr/lib/opkg/info/busybox.list': '/bin/busybox\n',
    };
    const found = runDetectors(detectors, tree);
    expect(packagesOf(found).map((one) => [one.type, one.name, one.licenses])).toEqual([
      ['opkg', 'busybox', ['GPL-2.0']],
      ['opkg', 'busybox', undefined],
    ]);
    expect(found.at(-1)).toEqual({
      kind: 'owned-file',
      owner: { identity: { type: 'opkg', name: 'busybox' } },
      path: '/bin/busybox',
    });
  });

  it('calls an empty database a problem, but not one of removed packages only', () => {
    expect(problemsOf(runDetectors(detectors, { [STATUS]: '' }))).toEqual([
      'PLM_DATABASE_EMPTY: dpkg status file names no package: packages installed through it are not in this report',
    ]);
    expect(runDetectors(detectors, { [STATUS]: 'Package: a\nStatus: purge ok not-installed\n' })).toEqual([]);
  });

  it('names stanzas without name or version and keeps the others', () => {
    const found = runDetectors(detectors, { [STATUS]: `Package: a\n\n${stanza('b', '1')}\nVersion: 2\n` });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['b']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 2 stanzas without package name or version (at line 1, 9): these packages are missing',
    ]);
  });

  it('says that a truncated file ends inside a line', () => {
    const found = runDetectors(detectors, { [STATUS]: `${stanza('a', '1')}\n${stanza('b', '2').slice(0, 30)}` });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['a']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: the file ends inside a line: packages after it are missing',
    ]);
  });

  it('survives binary and endless relation fields', () => {
    const hostile = `${stanza('a', '1', `Depends: ${'x,|('.repeat(100_000)}\n`)}\n\u0000\u0001\u0002\n`;
    expect(namesOf({ [STATUS]: hostile })).toEqual(['deb a 1']);
    expect(problemsOf(runDetectors(detectors, { [STATUS]: Uint8Array.of(0xff, 0xfe, 0, 10) }))).toEqual([
      'PLM_DATABASE_DAMAGED: 1 stanza without package name or version (at line 1): these packages are missing',
    ]);
  });

  it('states the packages as of each layer, upgraded and removed ones gone', () => {
    const [status] = detectors;
    if (status === undefined) throw new Error('no detector');
    const layers = runLayers(status, [
      { [STATUS]: `${stanza('a', '1')}\n${stanza('b', '1')}\n` },
      { [STATUS]: `${stanza('a', '2')}\nPackage: b\nStatus: deinstall ok config-files\nVersion: 1\n` },
      { [STATUS]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => `${one.name} ${one.version}`))).toEqual([
      ['a 1', 'b 1'],
      ['a 2'],
      [],
    ]);
  });

  it('never throws, whatever the bytes', () => {
    const word = fc.constantFrom(
      'Package: a',
      'Version: 1',
      'Source: x (',
      'Status: install ok installed',
      ' ',
      '',
      ':',
      '\t.',
      'Conffiles:',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (parts) =>
        [...parseStatus(parts.join('\n'))].every(
          (one) => typeof one === 'string' || 'damagedLine' in one || one.name !== '',
        ),
      ),
    );
  });
});

describe('dpkg file lists', () => {
  it('leaves out directories that hold listed files', () => {
    const tree = {
      '/var/lib/dpkg/info/libc6:amd64.list':
        '/.\n/lib\n/lib/libc.so.6\n/usr\n/usr/share\n/usr/share/doc\n/usr/share/doc-base\n',
    };
    const owner = { identity: { type: 'deb', name: 'libc6', arch: 'amd64' } };
    expect(runDetectors(detectors, tree)).toEqual(
      ['/lib/libc.so.6', '/usr/share/doc', '/usr/share/doc-base'].map((path) => ({ kind: 'owned-file', owner, path })),
    );
  });

  it('reads digests, with and without the binary mark', () => {
    const hex = 'd41d8cd98f00b204e9800998ecf8427e';
    const tree = {
      '/var/lib/dpkg/info/a.md5sums': `${hex}  usr/bin/a b\n${hex} *etc/c\n${hex}  ./etc/d\nbroken line\n`,
    };
    expect(
      runDetectors(detectors, tree).map((one) => (one.kind === 'owned-file' ? [one.path, one.digest?.value] : one)),
    ).toEqual([
      ['/usr/bin/a b', hex],
      ['/etc/c', hex],
      ['/etc/d', hex],
    ]);
  });

  it('take maintainer scripts for files of their package', () => {
    const path = '/var/lib/dpkg/info/libc6:amd64.postinst';
    expect(runDetectors(detectors, { [path]: '#!/bin/sh\n/etc/x\n' })).toEqual([
      { kind: 'owned-file', owner: { identity: { type: 'deb', name: 'libc6', arch: 'amd64' } }, path },
    ]);
  });
});

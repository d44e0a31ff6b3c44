import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/apk/detector.ts';
import { parseInstalled } from '../../../src/catalog/apk/parse-installed.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const INSTALLED = '/lib/apk/db/installed';
const MUSL = `C:Q1zwvKMnYs1b6ZdPTBJ0Z7D5P3jyA=
P:musl
V:1.2.4-r0
A:x86_64
S:8914
L:MIT
o:musl
m:A <a@alpinelinux.org>
U:https://musl.libc.org/
c:b0d8a9d948ae174b5cddd5e5bd8cbd7e6ba7ff7b
D:so:libc.musl-x86_64.so.1 zlib>=1.2.3 pkg@edge !conflict ca-certificates~2023
p:so:libc.musl-x86_64.so.1=1 cmd:ldd=1.2.4-r0
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755
Z:Q1fvO1Yo8Vk4OS0BgXGkMw+jDwLQU=
R:libc.musl-x86_64.so.1
Z:Q1DSSyHUUWZGnV1jSCKWq51JFZBJE=
F:
R:root-file
`;

describe('apk installed database', () => {
  it('reads one record whole, the blank line at the end missing', () => {
    const owner = { identity: { type: 'apk', name: 'musl', version: '1.2.4-r0', arch: 'x86_64' } };
    expect(runDetectors(detectors, { [INSTALLED]: MUSL })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'apk',
          ofDistro: true,
          name: 'musl',
          version: '1.2.4-r0',
          arch: 'x86_64',
          source: { name: 'musl', version: '1.2.4-r0' },
          licenses: ['MIT'],
          dependsOn: ['so:libc.musl-x86_64.so.1', 'zlib', 'pkg', 'ca-certificates'],
          provides: ['so:libc.musl-x86_64.so.1', 'cmd:ldd'],
          properties: {
            maintainer: 'A <a@alpinelinux.org>',
            homepage: 'https://musl.libc.org/',
            commit: 'b0d8a9d948ae174b5cddd5e5bd8cbd7e6ba7ff7b',
          },
        },
      },
      {
        kind: 'owned-file',
        owner,
        path: '/lib/ld-musl-x86_64.so.1',
        digest: { algorithm: 'sha1', value: '7ef3b5628f15938392d018171a4330fa30f02d05' },
      },
      {
        kind: 'owned-file',
        owner,
        path: '/lib/libc.musl-x86_64.so.1',
        digest: { algorithm: 'sha1', value: '0d24b21d45166469d5d63482296ab9d491590491' },
      },
      { kind: 'owned-file', owner, path: '/root-file' },
    ]);
  });

  it('reads the usr-merged place of apk-tools 3, and SHA-256 checksums', () => {
    const sum = Buffer.alloc(32, 7).toString('base64');
    const text = `P:a\nV:1-r0\nF:etc\nR:x\nZ:Q2${sum}\n\n`;
    expect(runDetectors(detectors, { '/usr/lib/apk/db/installed': text }).at(-1)).toEqual({
      kind: 'owned-file',
      owner: { identity: { type: 'apk', name: 'a', version: '1-r0' } },
      path: '/etc/x',
      digest: { algorithm: 'sha256', value: '07'.repeat(32) },
    });
  });

  it('reads CRLF lines', () => {
    const text = `P:a\nV:1-r0\n\nP:b\nV:2-r0\no:origin\n\n`.replaceAll('\n', '\r\n');
    const found = packagesOf(runDetectors(detectors, { [INSTALLED]: text }));
    expect(found.map((one) => [one.name, one.version, one.source?.name])).toEqual([
      ['a', '1-r0', 'a'],
      ['b', '2-r0', 'origin'],
    ]);
  });

  it('calls an empty database a problem', () => {
    expect(problemsOf(runDetectors(detectors, { [INSTALLED]: '' }))).toEqual([
      'PLM_DATABASE_EMPTY: apk installed database names no package: packages installed through it are not in this report',
    ]);
  });

  it('names damaged records and a cut end, and keeps the rest', () => {
    const found = runDetectors(detectors, { [INSTALLED]: `P:a\nV:1-r0\n\nP:broken\nL:MIT\n\n\nP:b\nV:2-r0\nL:GP` });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['a', 'b']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 1 record without package name or version (at line 4): these packages are missing',
      'PLM_DATABASE_DAMAGED: the file ends inside a line: packages after it are missing',
    ]);
  });

  it('does not let a checksum of another length or kind pass for a digest', () => {
    const text = 'P:a\nV:1\nF:d\nR:1\nZ:Q1AAAA\nR:2\nZ:X!\nR:3\nZ:d41d8cd98f00b204e9800998ecf8427e\n';
    const digests = runDetectors(detectors, { [INSTALLED]: text }).flatMap((one) =>
      one.kind === 'owned-file' ? [one.digest?.algorithm] : [],
    );
    expect(digests).toEqual([undefined, undefined, 'md5']);
  });

  it('survives lines that are no fields', () => {
    const found = runDetectors(detectors, { [INSTALLED]: `\u0000\u0001\nZ:Q1\nR:\nP\nP:\n__proto__:x\n\nP:a\nV:1\n` });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['a']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 1 record without package name or version (at line 1): these packages are missing',
    ]);
  });

  it('does not spell out one long directory for thousands of files', () => {
    const text = `P:a\nV:1\nF:${'d'.repeat(4000)}\n${'R:x\n'.repeat(10_000)}`;
    const found = runDetectors(detectors, { [INSTALLED]: text });
    expect(found.length).toBeLessThan(1000);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: the paths of files grow out of proportion: owners of the later ones are not known',
    ]);
  });

  it('states the packages as of each layer', () => {
    const [installed] = detectors;
    if (installed === undefined) throw new Error('no detector');
    const layers = runLayers(installed, [
      { [INSTALLED]: 'P:a\nV:1\n\nP:b\nV:1\n\n' },
      { [INSTALLED]: 'P:a\nV:2\n\n' },
      { [INSTALLED]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => `${one.name} ${one.version}`))).toEqual([
      ['a 1', 'b 1'],
      ['a 2'],
      [],
    ]);
  });

  it('never throws, whatever the lines', () => {
    const line = fc.oneof(fc.constantFrom('P:a', 'V:1', 'F:x', 'R:y', 'Z:Q1', '', 'D:!', 'p:='), fc.string());
    fc.assert(
      fc.property(fc.array(line), (text) =>
        [...parseInstalled(text.join('\n'))].every((one) => 'damagedLine' in one || one.name !== ''),
      ),
    );
  });
});

import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestedBudget } from '../../src/archive-formats/nested.ts';
import { rpmMembers } from '../../src/archive-formats/rpm-package.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { cpio } from '../support/cpio-builder.ts';
import { RECORDED } from '../support/recorded-lzma.ts';
import { rpmPackage } from '../support/rpm-package-builder.ts';
import { xzStream } from '../support/xz-builder.ts';

const CONTENT = cpio({ path: './usr/bin/x', content: 'hello' }, { path: './etc/y', content: 'z' });
const FILES = ['usr/bin/x=hello', 'etc/y=z'];

function read(file: Uint8Array, limits: Limits = DEFAULT_LIMITS) {
  const problems: string[] = [];
  const files: string[] = [];
  const onProblem = ({ code, detail }: { code: string; detail: string }) => problems.push(`${code} ${detail}`);
  for (const { path, bytes } of rpmMembers(file, { limits, budget: nestedBudget(limits.nestedBytes), onProblem })) {
    files.push(`${path}=${Buffer.from(bytes)}`);
  }
  return { files, problems };
}

describe('rpmMembers', () => {
  it.each([
    ['gzip', gzipSync(CONTENT)],
    ['zstd', zstdCompressSync(CONTENT)],
    ['xz', xzStream([CONTENT])],
    ['no', CONTENT],
  ])('reads a payload with %s compression', (_name, payload) =>
    expect(read(rpmPackage(payload))).toEqual({ files: FILES, problems: [] }),
  );

  it('unpacks a payload of lzma', () =>
    // The recorded text is no cpio archive, which only unpacking tells.
    expect(read(rpmPackage(Buffer.from(RECORDED.alone, 'base64'))).problems).toEqual([
      'PLM_NESTED_DAMAGED cpio: a header is damaged; the rest was not looked into',
    ]));

  it.each([
    ['bzip2', Buffer.from('BZh91AY&SY'), 'PLM_NESTED_UNSUPPORTED rpm payload in bzip2 format was not looked into'],
    [
      'an unknown format',
      Buffer.from('??'),
      'PLM_NESTED_UNSUPPORTED rpm payload in unknown format was not looked into',
    ],
    [
      'damaged gzip',
      gzipSync(CONTENT).subarray(0, 20),
      'PLM_NESTED_DAMAGED gzip data is damaged and was not looked into',
    ],
  ])('says that %s was not looked into', (_name, payload, problem) =>
    expect(read(rpmPackage(payload))).toEqual({ files: [], problems: [problem] }),
  );

  it('says that a payload above the limit was not looked into', () =>
    expect(read(rpmPackage(xzStream([CONTENT])), withLimits({ nestedMemberBytes: 100 }))).toEqual({
      files: [],
      problems: ['PLM_NESTED_LIMIT xz data unpacks to more than 100 bytes and was not looked into'],
    }));

  it('refuses a file cut in its headers', () => {
    const headers = rpmPackage(Buffer.alloc(0));
    for (let length = 0; length < headers.length; length += 1) {
      expect(read(headers.subarray(0, length)).problems).toEqual([
        'PLM_NESTED_DAMAGED an rpm header is cut off; its files were not looked into',
      ]);
    }
  });

  it('ends on any change of the headers', () => {
    const whole = rpmPackage(CONTENT);
    fc.assert(
      fc.property(fc.nat(250), fc.uint8Array({ maxLength: 20 }), (at, bytes) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        const { files, problems } = read(damaged);
        return problems.length > 0 || files.join() === FILES.join();
      }),
    );
  });
});

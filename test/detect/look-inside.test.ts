import { gzipSync, zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { nestedBudget } from '../../src/archive-formats/nested.ts';
import { insideFormat, lookInside, refusedUnread } from '../../src/detect/look-inside.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { cpio } from '../support/cpio-builder.ts';
import { rpmPackage } from '../support/rpm-package-builder.ts';
import { xzStream } from '../support/xz-builder.ts';

function inside(path: string, bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS) {
  const format = insideFormat(bytes);
  const problems: string[] = [];
  if (format === undefined) return { format, files: {}, problems };
  const options = {
    limits,
    budget: nestedBudget(limits.nestedBytes),
    onProblem: (problem: { code: string }) => problems.push(problem.code),
  };
  const files: Record<string, string> = {};
  for (const file of lookInside({ path, bytes }, format, options))
    files[file.path] = new TextDecoder().decode(file.bytes);
  return { format, files, problems };
}

function ar(members: Readonly<Record<string, string>>): Uint8Array {
  const parts = Object.entries(members).map(
    ([name, content]) =>
      `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n${content}${content.length % 2 === 1 ? '\n' : ''}`,
  );
  return strToU8(`!<arch>\n${parts.join('')}`);
}

describe('lookInside', () => {
  it('opens a zip', () =>
    expect(inside('/a.jar', zipSync({ 'x/y.txt': strToU8('z') })).files).toEqual({ '/a.jar!/x/y.txt': 'z' }));

  it('opens a zip behind a script, as executable jars and Python applications are, and no other script', () => {
    const script = strToU8('#!/usr/bin/env python3\n');
    const zip = zipSync({ 'x/y.txt': strToU8('z') });
    expect(inside('/a.pyz', Buffer.concat([script, zip]))).toEqual({
      format: 'zip',
      files: { '/a.pyz!/x/y.txt': 'z' },
      problems: [],
    });
    const plain = { format: undefined, files: {}, problems: [] };
    expect(inside('/a.sh', script)).toEqual(plain);
    expect(inside('/cut.pyz', Buffer.concat([script, zip.subarray(0, -30)]))).toEqual(plain);
  });

  it('says that a script which only ends as a zip does was not looked into', () => {
    const end = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18, 0xff)]);
    expect(inside('/a.pyz', Buffer.concat([Buffer.from('#!/bin/sh\n'), end]))).toEqual({
      format: 'zip',
      files: {},
      problems: ['PLM_NESTED_DAMAGED'],
    });
  });

  it('opens gzip under the name without its ending', () =>
    expect(inside('/log.txt.gz', gzipSync('hello')).files).toEqual({ '/log.txt.gz!/log.txt': 'hello' }));

  it('calls the inside of a tgz a tar', () =>
    expect(Object.keys(inside('/a.tgz', gzipSync('x')).files)).toEqual(['/a.tgz!/a.tar']));

  it('takes no source text for a tar that only has the magic word where a tar has it', () =>
    expect(inside('/headers.js', Buffer.from(`${' '.repeat(257)}ustar\\x00'`))).toEqual({
      format: undefined,
      files: {},
      problems: [],
    }));

  it('opens zstd', () =>
    expect(inside('/log.zst', zstdCompressSync(Buffer.from('hello'))).files).toEqual({ '/log.zst!/log': 'hello' }));

  it('opens all frames of a zstd file', () => {
    const frames = Buffer.concat([zstdCompressSync('one '), zstdCompressSync('two')]);
    expect(inside('/log.zst', frames).files).toEqual({ '/log.zst!/log': 'one two' });
  });

  it('opens a deb', () =>
    expect(inside('/a.deb', ar({ 'debian-binary': '2.0\n', 'control.tar': 'abc' })).files).toEqual({
      '/a.deb!/debian-binary': '2.0\n',
      '/a.deb!/control.tar': 'abc',
    }));

  it('opens xz under the name without its ending', () =>
    expect(inside('/log.xz', xzStream(['hello'])).files).toEqual({ '/log.xz!/log': 'hello' }));

  it.each(['/a.txz', '/a.tar.xz'])('calls the inside of %s a tar', (path) =>
    expect(Object.keys(inside(path, xzStream(['x'])).files)).toEqual([`${path}!/a.tar`]),
  );

  it('opens an rpm', () =>
    expect(inside('/a.rpm', rpmPackage(xzStream([cpio({ path: './etc/x', content: 'y' })])))).toEqual({
      format: 'rpm',
      files: { '/a.rpm!/etc/x': 'y' },
      problems: [],
    }));

  it('opens a cpio', () =>
    expect(inside('/initrd', cpio({ path: 'init', content: 'sh' }))).toEqual({
      format: 'cpio',
      files: { '/initrd!/init': 'sh' },
      problems: [],
    }));

  it('says that bzip2 was not looked into', () =>
    expect(inside('/a.bz2', strToU8('BZh91AY&SY...'))).toEqual({
      format: 'bzip2',
      files: {},
      problems: ['PLM_NESTED_UNSUPPORTED'],
    }));

  it('says that xz with another filter was not looked into', () =>
    expect(inside('/a.xz', xzStream(['x'], { filters: [Uint8Array.of(4, 0), Uint8Array.of(0x21, 1, 22)] }))).toEqual({
      format: 'xz',
      files: {},
      problems: ['PLM_NESTED_UNSUPPORTED'],
    }));

  it('says that damaged xz was not looked into', () =>
    expect(inside('/a.xz', xzStream(['hello']).subarray(0, 40)).problems).toEqual(['PLM_NESTED_DAMAGED']));

  it('says that xz over the limit was not looked into', () =>
    expect(inside('/a.xz', xzStream(['x'.repeat(1000)]), withLimits({ nestedMemberBytes: 999 })).problems).toEqual([
      'PLM_NESTED_LIMIT',
    ]));

  it('opens more than one archive at a time', () => {
    const inner = xzStream(['inner']);
    const outer = { path: '/a.xz', bytes: xzStream([inner]) };
    const budget = nestedBudget(DEFAULT_LIMITS.nestedBytes);
    const options = { limits: DEFAULT_LIMITS, budget, onProblem: () => undefined };
    const found: string[] = [];
    for (const middle of lookInside(outer, 'xz', options)) {
      for (const file of lookInside(middle, 'xz', options)) found.push(new TextDecoder().decode(file.bytes));
      found.push(Buffer.compare(inner, middle.bytes) === 0 ? 'unharmed' : 'overwritten');
    }
    expect(found).toEqual(['inner', 'unharmed']);
  });

  it('leaves static libraries alone', () => expect(inside('/libm.a', ar({ 'm.o': 'x' })).format).toBeUndefined());

  it('says that damaged gzip was not looked into', () =>
    expect(inside('/a.gz', gzipSync('hello').subarray(0, 15))).toEqual({
      format: 'gzip',
      files: {},
      problems: ['PLM_NESTED_DAMAGED'],
    }));

  it('says that gzip over the limit was not looked into', () =>
    expect(inside('/a.gz', gzipSync('x'.repeat(100)), withLimits({ nestedMemberBytes: 10 })).problems).toEqual([
      'PLM_NESTED_LIMIT',
    ]));
});

it('opens a tar', () => {
  const header = new Uint8Array(512);
  header.set(strToU8('etc/motd'), 0);
  header.set(strToU8('0000644\0'), 100);
  header.set(strToU8('00000000003\0'), 124);
  header.set(strToU8('ustar\0'), 257);
  header.fill(0x20, 148, 156);
  header[156] = 0x30;
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(strToU8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  const tar = new Uint8Array(2048);
  tar.set(header);
  tar.set(strToU8('hi\n'), 512);
  expect(inside('/a.tar', tar)).toEqual({ format: 'tar', files: { '/a.tar!/etc/motd': 'hi\n' }, problems: [] });
});

describe('refusedUnread', () => {
  const limits = withLimits({ nestedMemberBytes: 400 });
  it.each([
    ['zip', 1000, undefined],
    ['xz', 100, undefined],
    ['xz', 101, 'PLM_NESTED_LIMIT'],
    ['bzip2', 1, 'PLM_NESTED_UNSUPPORTED'],
  ] as const)('decides on %s of %i bytes', (format, size, code) =>
    expect(refusedUnread(format, size, limits)?.code).toBe(code),
  );
});

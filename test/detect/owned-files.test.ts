import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OwnedDigest, OwnerKey } from '../../src/detect/detector.ts';
import { OwnedFilesBuilder, ownedBuffers, ownedDigest } from '../../src/detect/owned-files.ts';
import { OwnedIndex } from '../../src/detect/owned-index.ts';
import { ownedFiles } from './detections-fixture.ts';

const LIST = '/var/lib/dpkg/info/zlib1g.md5sums';
const zlib: OwnerKey = { identity: { type: 'deb', name: 'zlib1g' } };
const curl: OwnerKey = { identity: { type: 'deb', name: 'curl' } };
const ALGORITHMS = [
  ['md5', 32],
  ['sha1', 40],
  ['sha256', 64],
  ['sha512', 128],
] as const;

const digest = fc.oneof(
  ...ALGORITHMS.map(([algorithm, length]) =>
    fc.record({
      algorithm: fc.constant(algorithm),
      value: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length }),
    }),
  ),
);
const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('/'));
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

describe('OwnedFilesBuilder', () => {
  it('keeps consecutive files of one owner in one list', () => {
    const builder = new OwnedFilesBuilder();
    builder.add(LIST, { owner: zlib, path: '/usr/lib/libz.so' });
    builder.add(LIST, { owner: { identity: { type: 'deb', name: 'zlib1g' } }, path: '/usr/lib/libz.so.1' });
    builder.add(LIST, { owner: curl, path: '/usr/bin/curl' });
    const { lists, directories, nameEnd } = builder.finish();
    expect({ lists, directories, nameEnd: [...nameEnd] }).toEqual({
      lists: [
        { evidence: LIST, owner: zlib, end: 2 },
        { evidence: LIST, owner: curl, end: 3 },
      ],
      directories: ['/usr/lib', '/usr/bin'],
      nameEnd: [7, 16, 20],
    });
  });

  it('leaves out paths that no file can have', () => {
    const files = ownedFiles(LIST, { owner: zlib, paths: ['usr/lib', '', `/${'a/'.repeat(2048)}`, '/etc/a'] });
    expect([files.directories, [...files.nameEnd]]).toEqual([['/etc'], [1]]);
  });

  it('takes what is no digest for one that no file has', () => {
    const files = ownedFiles(LIST, { owner: zlib, paths: ['/a'], digests: [{ algorithm: 'md5', value: 'abc' }] });
    expect(ownedDigest(files, 0)).toEqual({ algorithm: 'md5', value: '0'.repeat(32) });
  });

  it('keeps that content may change', () => {
    const stated: OwnedDigest = { algorithm: 'md5', value: 'ab'.repeat(16), mayChange: true };
    const files = ownedFiles(LIST, { owner: zlib, paths: ['/etc/a'], digests: [stated] });
    expect(ownedDigest(files, 0)).toEqual(stated);
  });

  it('counts the bytes it takes', () => {
    const builder = new OwnedFilesBuilder();
    builder.add(LIST, { owner: zlib, path: '/usr/lib/libz.so' });
    const first = builder.bytes;
    builder.add(LIST, { owner: zlib, path: '/usr/lib/a', digest: { algorithm: 'md5', value: 'ab'.repeat(16) } });
    expect(builder.bytes - first).toBe(13 + 1 + 16);
  });

  it('is made of buffers that can be handed over', () => {
    const files = ownedFiles(LIST, { owner: zlib, paths: ['/usr/lib/libz.so'] });
    const moved = structuredClone(files, { transfer: ownedBuffers(files) });
    expect([moved.directories, [...moved.names], files.names.length]).toEqual([
      ['/usr/lib'],
      [...new TextEncoder().encode('libz.so')],
      0,
    ]);
  });
});

describe('OwnedIndex', () => {
  const same = (directory: string): string => directory;

  it('finds what a map of paths would, whatever the paths', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.option(digest)), { maxLength: 40 }), fc.array(path), (rows, asked) => {
        const builder = new OwnedFilesBuilder();
        const expected = new Map<string, number>();
        for (const [row, [listed, stated]] of rows.entries()) {
          builder.add(LIST, { owner: zlib, path: listed, ...(stated === null ? {} : { digest: stated }) });
          expected.set(listed, row);
        }
        const index = new OwnedIndex(rows.length);
        index.add(builder.finish(), same);
        for (const row of rows.keys()) index.claim(row, () => false);
        const all = [...expected.keys(), ...asked];
        expect(all.map((one) => index.find(one))).toEqual(all.map((one) => expected.get(one)));
        expect(index.size).toBe(expected.size);
        expect(new Map(Array.from(index.rows(), (row) => [index.path(row), row]))).toEqual(expected);
        expect(rows.map((_, row) => index.digest(row) ?? null)).toEqual(rows.map(([, stated]) => stated));
      }),
    );
  });

  it('finds files in the directory that a link leads to', () => {
    const index = new OwnedIndex(2);
    const files = ownedFiles(LIST, { owner: zlib, paths: ['/lib/a', '/vmlinuz'] });
    index.add(files, (directory) => (directory === '/lib' ? '/' : directory));
    for (const row of [0, 1]) index.claim(row, () => false);
    expect([index.find('/a'), index.find('/lib/a'), index.find('/vmlinuz')]).toEqual([0, undefined, 1]);
  });

  it('keeps the digests of rows that stand back, up to a number', () => {
    const digests = ['a', 'b', 'c', 'd'].map((letter): OwnedDigest => ({ algorithm: 'md5', value: letter.repeat(32) }));
    const index = new OwnedIndex(4);
    index.add(ownedFiles(LIST, { owner: zlib, paths: ['/a', '/a', '/a', '/a'], digests }), same);
    index.claim(0, () => false);
    index.claim(1, () => true);
    index.claim(2, () => false);
    index.claim(3, () => true);
    const told = (most: number) => [...index.others(2, most)].map(({ value }) => value.charAt(0)).sort();
    expect([index.find('/a'), told(9), told(2).length]).toEqual([2, ['a', 'b', 'd'], 2]);
  });
});

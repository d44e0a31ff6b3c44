import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../src/archive-formats/gunzip.ts';
import { createInflater } from '../../src/wasm/inflate.ts';
import { gzipWithAllFields } from '../support/gzip-fields.ts';

const inflater = createInflater(32 << 20);
const LIMIT = 1 << 20;

function unpacked(bytes: Uint8Array, limit = LIMIT): string {
  return Buffer.from(gunzip(bytes, limit, inflater)).toString('latin1');
}

describe('gunzip', () => {
  it('unpacks one member', () => expect(unpacked(gzipSync('hello'))).toBe('hello'));
  it('unpacks nothing', () => expect(unpacked(gzipSync(''))).toBe(''));
  it('passes over all header fields', () => expect(unpacked(gzipWithAllFields('hello', 'name.txt'))).toBe('hello'));
  it('unpacks several members', () =>
    expect(unpacked(Buffer.concat([gzipSync('one '), gzipSync('two')]))).toBe('one two'));
  it('refuses a wrong checksum', () => {
    const wrong = Buffer.from(gzipSync('hello'));
    wrong[wrong.length - 8] = (wrong[wrong.length - 8] ?? 0) ^ 1;
    expect(() => unpacked(wrong)).toThrow();
  });
  it('refuses more than the limit', () => expect(() => unpacked(gzipSync('x'.repeat(100)), 10)).toThrow(RangeError));
  it('refuses a cut file', () => expect(() => unpacked(gzipSync('hello hello').subarray(0, 15))).toThrow());

  it('gives back what was packed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 5000 }), (text) => unpacked(gzipSync(text)) === text),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/bytes/content-hash.ts';
import { createContentHasher } from '../../src/wasm/content-hash.ts';
import { createMemory, WASM_PAGE } from '../../src/wasm/load.ts';

/** Both implementations of XXH64 pass the same cases. */
const memory = createMemory(4 * WASM_PAGE);
const hasher = createContentHasher(memory);
const AT = 2 * WASM_PAGE + 3;

function kernelWhole(bytes: Uint8Array): bigint {
  new Uint8Array(memory.buffer).set(bytes, AT);
  return join(hasher.whole(AT, bytes.length));
}

function join([low, high]: readonly [number, number]): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Values of the reference implementation (xxhsum -H1) for the published test strings. */
const VECTORS: readonly (readonly [string, bigint])[] = [
  ['', 0xef46db3751d8e999n],
  ['a', 0xd24ec4f1a98c6e5bn],
  ['abc', 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0xfbcea83c8a378bf1n],
];

describe.each([
  ['reference', contentHash],
  ['kernel', kernelWhole],
])('XXH64, %s', (_name, hash) => {
  it.each(VECTORS)('hashes %j as published', (text, expected) => {
    expect(hash(Buffer.from(text))).toBe(expected);
  });
});

describe('kernel and reference', () => {
  it('agree on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(kernelWhole(bytes)).toBe(contentHash(bytes));
      }),
    );
  });

  it('agree however a file is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 8 }), (pieces) => {
        hasher.start();
        for (const piece of pieces) {
          new Uint8Array(memory.buffer).set(piece, AT);
          hasher.update(AT, piece.length);
        }
        expect(join(hasher.finish())).toBe(contentHash(Buffer.concat(pieces)));
      }),
    );
  });
});

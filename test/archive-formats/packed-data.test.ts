import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { nestedBudget } from '../../src/archive-formats/nested.ts';
import { unpacked } from '../../src/archive-formats/packed-data.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';

const LARGE = new Uint8Array(5 * 1024 * 1024).fill(65);

it.each([
  ['gzip', gzipSync(LARGE)],
  ['zstd', zstdCompressSync(LARGE)],
] as const)('frees large %s data when the loop goes on', (format, packed) => {
  const seen: Uint8Array[] = [];
  const options = { limits: DEFAULT_LIMITS, budget: nestedBudget(1 << 30), onProblem: () => undefined };
  for (const plain of unpacked(packed, format, options)) {
    expect(Buffer.compare(plain, LARGE)).toBe(0);
    seen.push(plain);
  }
  expect(seen.map((plain) => plain.length)).toEqual([0]);
});

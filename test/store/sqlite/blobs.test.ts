import { zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import { inflate } from '../../../src/store/sqlite/blobs.ts';

it('reads the record of a large image that holds more than an SBOM given as input may', () => {
  const size = DEFAULT_LIMITS.sbomBytes + 1;
  expect(inflate(zstdCompressSync(new Uint8Array(size)))).toHaveLength(size);
});

it('reads nothing that is no frame', () => {
  expect(inflate(Uint8Array.of(1, 2, 3))).toBeUndefined();
});

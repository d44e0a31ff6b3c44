import { createHash, hash } from 'node:crypto';
import { compareSections } from './trust/release.ts';

/**
 * SHA-256 over the sorted (type, key, SHA-256 of the raw bytes) of all sections: the same for a full bundle, for a delta
 * applied to its base, and for every build from the same feeds.
 */
export function contentIdOf(
  sections: Iterable<{ readonly type: string; readonly key: string; readonly sha256: string }>,
): string {
  const hash = createHash('sha256');
  for (const { type, key, sha256 } of [...sections].sort(compareSections)) {
    hash.update(JSON.stringify([type, key, sha256]));
    hash.update('\n');
  }
  return hash.digest('hex');
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

import type { JoinKey, Judgement } from '../rule.ts';
import { PUBLISHED_TEST_KEYS } from './published-test-keys.ts';

/** A key that holds together: critical, or kept silent where its public half is a published test key. */
export function provenKey(join: readonly JoinKey[], proof: string): Judgement {
  const published = join.some(
    (item) => item.kind === 'public-key' && PUBLISHED_TEST_KEYS.has(item.digest.slice(0, 16)),
  );
  return {
    verdict: 'proven',
    severity: 'critical',
    proof,
    join,
    ...(published ? { suppressed: 'published-test-key' as const } : {}),
  };
}

/**
 * First 16 hex digits of the SHA-256 of public keys whose private half is published: test fixtures of libraries,
 * vectors of standards, defaults of products. Made by scripts/list-test-keys.ts over the sources of those projects.
 */
export const PUBLISHED_TEST_KEYS: ReadonlySet<string> = new Set<string>([]);

/** Digests of contents that package databases and published lists state, and their sizes. */
export const CONTENT_HASHES = [
  { algorithm: 'md5', bytes: 16 },
  { algorithm: 'sha1', bytes: 20 },
  { algorithm: 'sha256', bytes: 32 },
  { algorithm: 'sha512', bytes: 64 },
] as const;
export type ContentHash = (typeof CONTENT_HASHES)[number]['algorithm'];

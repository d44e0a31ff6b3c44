/** Digests of contents that package databases and published lists state. */
export const CONTENT_HASHES = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type ContentHash = (typeof CONTENT_HASHES)[number];

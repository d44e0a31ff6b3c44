/** A content digest as OCI writes it: `sha256:` or `sha512:` and lower-case hex. */
export type Digest = `sha256:${string}` | `sha512:${string}`;

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** The text as a digest, or undefined where it is none (wrong algorithm, length or letters). */
export function parseDigest(text: unknown): Digest | undefined {
  return typeof text === 'string' && isDigest(text) ? text : undefined;
}

function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}

/** The digest of SHA-256 bytes given as hex. */
export function sha256Digest(hex: string): Digest {
  return `sha256:${hex}`;
}

/** The algorithm a digest was made with; sha256 where there is none yet. */
export function algorithmOf(digest: Digest | undefined): 'sha256' | 'sha512' {
  return digest?.startsWith('sha512:') === true ? 'sha512' : 'sha256';
}

/** Hex of a hash as a digest of the same algorithm as `like`. */
export function digestOf(like: Digest | undefined, hex: string): Digest {
  return `${algorithmOf(like)}:${hex}`;
}

/** Enough of a digest to tell two contents apart; the report has all of it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}

/** Of zlib's output, where the size of the content is not known. */
const SMALLEST_PIECE = 16 * 1024;

/**
 * The `chunkSize` for content of an expected size, at most `limit`: one piece with a byte to spare, so that nothing has to be
 * put together. Sizes are bytes.
 */
export function pieceSize(expected: number, limit: number): number {
  return Math.max(SMALLEST_PIECE, Math.min(expected, limit) + 1);
}

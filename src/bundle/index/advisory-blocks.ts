/**
 * The advisory records of one feed (key: the feed, as `osv/Debian`), compressed in blocks and read one by one: only
 * records of reported findings are ever opened.
 */
export const ADVISORIES_MAGIC = 'PLAD';

/** Column numbers. */
export const ADVISORIES = {
  /** Advisory ids, strictly increasing. */
  ids: 0,
  /** Block, offset and length of each record, in bytes of the decompressed block. */
  block: 2,
  offset: 3,
  length: 4,
  /** zstd frames, one a block. */
  blocks: 5,
  /** Decompressed length of each block. */
  blockLength: 7,
} as const;

export const ADVISORIES_COLUMNS = 8;

/**
 * A block is closed once it holds this many bytes. Opening one costs some 0.3 ms whatever its size, so that many small
 * ones are dearer than few larger ones.
 */
export const BLOCK_BYTES = 256 * 1024;

/** No block is larger, whatever one record holds. */
export const LARGEST_BLOCK = 16 * 1024 * 1024;

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Limits of the trust path. They are part of the format (docs/bundle-format.md) and no flag changes them. */
export const BUNDLE_LIMITS = {
  /** Everything parsed before a signature was checked. A release of 2,000 sections and 100 roots stays below 2 MiB. */
  envelopeBytes: 4 * MIB,
  /** One root document: 32 hybrid keys are 90 KiB of base64. */
  rootBytes: 256 * KIB,
  /** A root a week for almost twenty years (TUF allows clients to stop as well, section 5.3.3). */
  rootChain: 1024,
  /** Signatures of one document: 32 hybrid keys. Each costs a verification. */
  signatures: 64,
  /** Keys of one root document. */
  keys: 64,
  /** Nesting of a signed document; ours use eight levels. */
  jsonDepth: 32,
  /** Sections of one release: OSV knows some 600 ecosystems with releases. */
  sections: 8192,
  /** One section in memory, raw. */
  sectionBytes: 1 * GIB,
  /** A whole bundle file. */
  fileBytes: 16 * GIB,
  /** Canaries of one release; each is one match at import. */
  canaries: 1024,
  /** Free room asked for before staging, as a multiple of the raw size of the sections. */
  freeSpaceFactor: 2,
} as const;

/** Sections start on pages, so that an installed file can be read page by page. */
export const PAGE_BYTES = 4096;

/** Stored sections are also hashed by chunks of this size, so that a damaged transfer can be resent in part. */
export const CHUNK_BYTES = 1 * MIB;

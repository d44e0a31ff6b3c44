/** Files that file rules read whole, and UTF-16 texts. */
export const SECRET_FILE_BYTES = 2 * 1024 * 1024;

/** Findings kept of one file: beyond that it is a list of secrets or an attack. */
export const MAX_SIGHTINGS = 2000;

/** What the encoded texts of one file may decode to in all, those within one another counted again. */
export const DECODED_BYTES = 2 * 1024 * 1024;

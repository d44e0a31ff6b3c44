/** Files that file rules read whole, and UTF-16 texts. */
export const SECRET_FILE_BYTES = 2 * 1024 * 1024;

/** Findings kept of one file: beyond that it is a list of secrets or an attack. */
export const MAX_SIGHTINGS = 2000;

import { lines } from '../../bytes/lines.ts';

/** No real main section comes near it; the per-file sections after it are not read. */
const MAIN_SECTION_LINES = 20_000;

/**
 * The main section of a MANIFEST.MF, keys in lower case, lines that begin with a blank joined to the one before
 * (https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#jar-manifest).
 */
export function parseManifest(text: string): ReadonlyMap<string, string> {
  const manifest = new Map<string, string>();
  let key = '';
  let parts: string[] = [];
  let count = 0;
  for (const line of lines(text)) {
    count += 1;
    if (line === '' || count > MAIN_SECTION_LINES) break;
    if (line.startsWith(' ')) {
      parts.push(line.slice(1));
      continue;
    }
    if (key !== '') manifest.set(key, parts.join('').trim());
    const colon = line.indexOf(':');
    key = colon < 0 ? '' : line.slice(0, colon).trim().toLowerCase();
    parts = [line.slice(colon + 1)];
  }
  if (key !== '') manifest.set(key, parts.join('').trim());
  return manifest;
}

import { lines } from '../../bytes/lines.ts';

/**
 * Keys and values of a Java properties file (java.util.Properties.load), enough for what build tools write: comments,
 * `=` or `:` between, backslash escapes; continuation lines are not joined.
 */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of lines(text)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('!')) continue;
    const split = trimmed.search(/[=:]/);
    if (split <= 0) continue;
    const key = trimmed.slice(0, split).trim();
    if (!properties.has(key))
      properties.set(
        key,
        trimmed
          .slice(split + 1)
          .trim()
          .replace(/\\(.)/g, '$1'),
      );
  }
  return properties;
}

import parse from 'spdx-expression-parse';

/**
 * Whether the text is an SPDX licence expression whose ids are all known (SPDX 2.3 annex D). The parser is only asked
 * about short texts: licence fields hold whole licence texts now and then.
 */
export function isLicenceExpression(text: string): boolean {
  if (text.length > 1000 || !/^[A-Za-z0-9.+() :-]+$/.test(text)) return false;
  const known = cache.get(text);
  if (known !== undefined) return known;
  const sound = parses(text);
  if (cache.size < CACHED) cache.set(text, sound);
  return sound;
}

/** Images repeat a few hundred expressions thousands of times; the parser is slow. */
const CACHED = 10_000;
const cache = new Map<string, boolean>();

function parses(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Several expressions that all apply, as one. */
export function joinExpressions(expressions: readonly string[]): string {
  if (expressions.length === 1) return expressions[0] ?? '';
  return expressions.map((text) => (/\s/.test(text) ? `(${text})` : text)).join(' AND ');
}

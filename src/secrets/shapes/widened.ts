import { type CharSet, charSet } from './char-set.ts';
import type { Part } from './parts.ts';

/**
 * The parts with each run widened to all letters of its cases, and to all digits; undefined where nothing gets wider. A
 * token that somebody changed letter by letter before publishing keeps its prefix, its lengths and its signs.
 */
export function widened(parts: readonly Part[]): readonly Part[] | undefined {
  const wider: Part[] = [];
  let grown = false;
  for (const part of parts) {
    const set = typeof part === 'string' ? undefined : widenedSet(part.set);
    if (typeof part !== 'string' && set !== undefined && set.letters.length > part.set.letters.length) grown = true;
    wider.push(typeof part === 'string' || set === undefined ? part : { ...part, set });
  }
  return grown ? wider : undefined;
}

function widenedSet(set: CharSet): CharSet {
  const cases = [
    [/[a-z]/, 'a-z'],
    [/[A-Z]/, 'A-Z'],
    [/[0-9]/, '0-9'],
  ] as const;
  const ranges = cases.filter(([letter]) => letter.test(set.letters)).map(([, range]) => range);
  return charSet(
    `${set.name}, widened`,
    ranges.join('') + set.letters.replace(/[0-9A-Za-z-]/g, '') + (set.letters.includes('-') ? '-' : ''),
  );
}

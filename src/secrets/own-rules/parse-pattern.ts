import { type CharSet, charSet } from '../shapes/char-set.ts';
import type { Part, Run } from '../shapes/parts.ts';

/**
 * A regular expression as parts that are matched without going back: literals, classes (`[0-9a-f]`, `\d`, `\w`,
 * `[^"]`) and counts (`{32}`, `{8,40}`, `?`, `+`, `*`, open ends cut at 1000). Returns why it is refused where it has
 * anything else (groups, alternation, anchors, look-around) or where matching it would need a second try: a run of
 * open length before something it may contain.
 */
export function parsePattern(source: string): readonly Part[] | { readonly refused: string } {
  const parts: Part[] = [];
  let at = 0;
  while (at < source.length) {
    const atom = atomAt(source, at);
    if (typeof atom === 'string') return { refused: atom };
    const count = countAt(source, atom.end);
    if (typeof count === 'string') return { refused: count };
    addPart(parts, atom.letters, count);
    at = count.end;
  }
  return ambiguity(parts) ?? parts;
}

interface Atom {
  /** Members in the notation of `charSet`, or one literal character. */
  readonly letters: { readonly literal: string } | { readonly set: CharSet };
  readonly end: number;
}

interface Count {
  readonly min: number;
  readonly max: number;
  readonly end: number;
}

const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_' };
const OPEN_END = 1000;

function atomAt(source: string, at: number): Atom | string {
  const letter = source.charAt(at);
  if (letter === '[') return classAt(source, at);
  if (letter === '\\') {
    const escaped = source.charAt(at + 1);
    const members = CLASSES[escaped];
    if (members !== undefined) return { letters: { set: charSet(`\\${escaped}`, members) }, end: at + 2 };
    if (escaped === '' || /[A-Za-z0-9]/.test(escaped)) return `\\${escaped} is not supported`;
    return { letters: { literal: escaped }, end: at + 2 };
  }
  if ('()|^$.*+?{}'.includes(letter)) return `"${letter}" is not supported here`;
  return /^[\x20-\x7e]$/.test(letter)
    ? { letters: { literal: letter }, end: at + 1 }
    : 'only printable ASCII is supported';
}

function classAt(source: string, at: number): Atom | string {
  const end = source.indexOf(']', at + 2);
  if (end < 0) return 'a class is not closed';
  const inside = source
    .slice(at + 1, end)
    .replace(/\\([dw])/g, (_, name: string) => CLASSES[name] ?? '')
    .replace(/\\(.)/g, '$1');
  const members = charSet(source.slice(at, end + 1), inside.replace(/^\^/, ''));
  if (!inside.startsWith('^')) return { letters: { set: members }, end: end + 1 };
  const others = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index)).filter(
    (letter) => members.has[letter.charCodeAt(0)] !== 1,
  );
  const has = new Uint8Array(256);
  for (const letter of others) has[letter.charCodeAt(0)] = 1;
  return { letters: { set: { name: members.name, has, letters: others.join('') } }, end: end + 1 };
}

function countAt(source: string, at: number): Count | string {
  const count = /^(?:\{(\d{1,4})(?:(,)(\d{0,4}))?\}|[?*+])/.exec(source.slice(at));
  if (count === null) return { min: 1, max: 1, end: at };
  const end = at + count[0].length;
  if (/^[?+]/.test(source.slice(end))) return 'lazy and possessive counts are not supported';
  if (count[0] === '?') return { min: 0, max: 1, end };
  if (count[0] === '*') return { min: 0, max: OPEN_END, end };
  if (count[0] === '+') return { min: 1, max: OPEN_END, end };
  const min = Number(count[1]);
  const max = count[2] === undefined ? min : count[3] === '' ? OPEN_END : Number(count[3]);
  return min > max || max > OPEN_END ? `the count ${count[0]} is too large or upside down` : { min, max, end };
}

function addPart(parts: Part[], letters: Atom['letters'], count: Count): void {
  if ('set' in letters) parts.push({ set: letters.set, min: count.min, max: count.max });
  else if (count.min === 1 && count.max === 1) {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + letters.literal;
    else parts.push(letters.literal);
  } else parts.push({ set: charSet(letters.literal, letters.literal), min: count.min, max: count.max });
}

/** A run of open length takes all it can: what may follow must not begin with what it takes. */
function ambiguity(parts: readonly Part[]): { readonly refused: string } | undefined {
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string' || part.min === part.max) continue;
    for (const follower of parts.slice(index + 1)) {
      if (mayBegin(part, follower))
        return { refused: `${part.set.name} of open length is followed by something it may contain` };
      if (typeof follower === 'string' || follower.min > 0) break;
    }
  }
  return undefined;
}

function mayBegin(run: Run, follower: Part): boolean {
  if (typeof follower === 'string') return run.set.has[follower.charCodeAt(0)] === 1;
  return follower.set.has.some((member, code) => member === 1 && run.set.has[code] === 1);
}

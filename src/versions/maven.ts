import { allDigits, compareDigits, compareText, isDigit, orderOf, significant } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';

/** Nested lists of numbers, qualifiers and qualifiers with a number (`rc1`); a hyphen opens a list. */
type Item =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'numbered'; readonly word: string; readonly digits: string }
  | { readonly kind: 'list'; readonly items: Item[] };

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = QUALIFIERS.indexOf('');
const RELEASE_WORDS = new Set(['ga', 'final', 'release']);
const SHORT = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);
/** Lists nest once for each hyphen or change between letters and digits; real versions stay below 20. */
const DEEPEST = 200;

export const scheme: VersionScheme = {
  id: 'maven',
  title: 'Maven versions',
  specification: 'https://maven.apache.org/pom.html#version-order-specification',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    return compareItems(a, b);
  },
};

function parse(text: string): Item | undefined {
  if (text === '' || /\s/.test(text)) return undefined;
  const version = text.toLowerCase();
  const root: Item[] = [];
  const lists = [root];
  let list = root;
  let start = 0;
  let digits = false;
  let numbered = false;
  const open = () => {
    const items: Item[] = [];
    list.push({ kind: 'list', items });
    lists.push(items);
    list = items;
  };
  for (let i = 0; i < version.length; i++) {
    const char = version.charAt(i);
    if (char === '.') {
      list.push(i === start ? ZERO : item(version.slice(start, i), digits, numbered));
      numbered = false;
      start = i + 1;
    } else if (char === '-') {
      if (i === start) list.push(ZERO);
      else {
        if (!digits && isDigit(version.charCodeAt(i + 1))) {
          numbered = true;
          continue;
        }
        list.push(item(version.slice(start, i), digits, numbered));
      }
      start = i + 1;
      numbered = false;
      open();
    } else if (isDigit(version.charCodeAt(i))) {
      if (!digits && i > start) {
        numbered = true;
        if (list.length > 0) open();
      }
      digits = true;
    } else {
      if (digits && i > start) {
        list.push(item(version.slice(start, i), true, numbered));
        start = i;
        open();
        numbered = false;
      }
      digits = false;
    }
    if (lists.length > DEEPEST) return undefined;
  }
  if (version.length > start) {
    if (!digits && list.length > 0) open();
    list.push(item(version.slice(start), digits, numbered));
  }
  for (const items of lists.reverse()) normalize(items);
  return { kind: 'list', items: root };
}

const ZERO: Item = { kind: 'number', digits: '' };

function item(text: string, digits: boolean, numbered: boolean): Item {
  if (numbered) {
    const joined = text.replaceAll('-', '');
    let at = 0;
    while (at < joined.length && !isDigit(joined.charCodeAt(at))) at++;
    const word = joined.slice(0, at);
    const number = joined.slice(at);
    if (allDigits(number))
      return { kind: 'numbered', word: alias(SHORT.get(word) ?? word), digits: significant(number) };
  }
  return digits ? { kind: 'number', digits: significant(text) } : { kind: 'word', word: alias(text) };
}

function alias(word: string): string {
  return word === 'cr' ? 'rc' : word;
}

/** Drops zeros, empty qualifiers and empty lists where nothing but a qualifier follows them. */
function normalize(items: Item[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    const current = items[i];
    if (current === undefined || !isNull(current)) continue;
    const following = items[i + 1];
    const head = following?.kind === 'list' ? following.items[0] : undefined;
    const beforeQualifier = following?.kind === 'word' || head?.kind === 'word' || head?.kind === 'numbered';
    if (following === undefined || beforeQualifier) items.splice(i, 1);
  }
}

function isNull(current: Item): boolean {
  if (current.kind === 'number') return current.digits === '';
  if (current.kind === 'word') return current.word === '' || RELEASE_WORDS.has(current.word);
  return current.kind === 'list' && current.items.length === 0;
}

/** Order of the kinds when they differ: qualifiers before lists before numbers. */
const KIND = { word: 0, numbered: 0, list: 1, number: 2 } as const;

function compareItems(a: Item | undefined, b: Item | undefined): Order {
  if (a === undefined) return b === undefined ? 0 : orderOf(-againstNothing(b));
  if (b === undefined) return againstNothing(a);
  if (KIND[a.kind] !== KIND[b.kind]) return orderOf(KIND[a.kind] - KIND[b.kind]);
  if (a.kind === 'list' && b.kind === 'list') return compareLists(a.items, b.items);
  if (a.kind === 'number' && b.kind === 'number') return compareDigits(a.digits, b.digits);
  return compareQualified(a, b);
}

function compareLists(left: readonly Item[], right: readonly Item[]): Order {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareItems(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareQualified(a: Item, b: Item): Order {
  if (a.kind !== 'word' && a.kind !== 'numbered') return 0;
  if (b.kind !== 'word' && b.kind !== 'numbered') return 0;
  const order = compareWords(a.word, b.word);
  if (order !== 0) return order;
  if (a.kind === 'numbered' && b.kind === 'numbered') return compareDigits(a.digits, b.digits);
  return orderOf(Number(a.kind === 'numbered') - Number(b.kind === 'numbered'));
}

function againstNothing(current: Item): Order {
  if (current.kind === 'number') return current.digits === '' ? 0 : 1;
  if (current.kind !== 'list') return orderOf(qualifierRank(current.word) - RELEASE);
  for (const inner of current.items) {
    const order = againstNothing(inner);
    if (order !== 0) return order;
  }
  return 0;
}

function compareWords(left: string, right: string): Order {
  const a = qualifierRank(left);
  const b = qualifierRank(right);
  if (a !== b) return orderOf(a - b);
  return a < QUALIFIERS.length ? 0 : compareText(left, right);
}

/** Known qualifiers by their place, all others after them. */
function qualifierRank(word: string): number {
  if (RELEASE_WORDS.has(word)) return RELEASE;
  const known = QUALIFIERS.indexOf(word);
  return known === -1 ? QUALIFIERS.length : known;
}

import { compareText } from '../bytes/compare-text.ts';
import { compareDigits, isDigit, orderOf, significant } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';

/** Nested lists of numbers and qualifiers; a hyphen, or a change between letters and digits, opens a list. */
type Item =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: string }
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

/** No key: Maven's order has circles (`1.sp.1 < 1-alpha < 1 < 1.sp.1`), which no bytes can keep. */
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
  const lists = new OpenLists();
  let start = 0;
  let digits = false;
  for (let i = 0; i < version.length; i++) {
    const char = version.charAt(i);
    if (char === '.' || char === '-') {
      lists.add(i === start ? ZERO : item(version.slice(start, i), digits));
      start = i + 1;
      if (char === '-') lists.open();
    } else if (isDigit(version.charCodeAt(i)) !== digits) {
      if (i > start) {
        if (!digits) lists.openUnlessEmpty();
        lists.add(digits ? item(version.slice(start, i), true) : word(version.slice(start, i), true));
        start = i;
        lists.open();
      }
      digits = !digits;
    }
    if (lists.depth > DEEPEST) return undefined;
  }
  if (version.length > start) {
    if (!digits) lists.openUnlessEmpty();
    lists.add(item(version.slice(start), digits));
  }
  return lists.close();
}

/** The list items go to, within the lists opened before it. */
class OpenLists {
  readonly #lists: Item[][] = [[]];

  get depth(): number {
    return this.#lists.length;
  }

  add(added: Item): void {
    this.#lists.at(-1)?.push(added);
  }

  open(): void {
    const items: Item[] = [];
    this.add({ kind: 'list', items });
    this.#lists.push(items);
  }

  openUnlessEmpty(): void {
    if (this.#lists.at(-1)?.length !== 0) this.open();
  }

  /** The outermost list, each list without what says nothing at its end; inner lists first. */
  close(): Item {
    for (const items of this.#lists.toReversed()) normalize(items);
    return { kind: 'list', items: this.#lists[0] ?? [] };
  }
}

const ZERO: Item = { kind: 'number', digits: '' };

function item(text: string, digits: boolean): Item {
  return digits ? { kind: 'number', digits: significant(text) } : word(text, false);
}

function word(text: string, beforeDigit: boolean): Item {
  const full = beforeDigit ? (SHORT.get(text) ?? text) : text;
  return { kind: 'word', word: full === 'cr' ? 'rc' : full };
}

/** Drops zeros, release words and empty lists from the end; lists that stay are passed over. */
function normalize(items: Item[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    const current = items[i];
    if (current === undefined) continue;
    if (isNull(current)) items.splice(i, 1);
    else if (current.kind !== 'list') return;
  }
}

function isNull(current: Item): boolean {
  if (current.kind === 'number') return current.digits === '';
  if (current.kind === 'word') return current.word === '' || RELEASE_WORDS.has(current.word);
  return current.kind === 'list' && current.items.length === 0;
}

/** Order of the kinds when they differ: qualifiers before lists before numbers. */
const KIND = { word: 0, list: 1, number: 2 } as const;

function compareItems(a: Item | undefined, b: Item | undefined): Order {
  if (a === undefined) return b === undefined ? 0 : orderOf(-againstNothing(b));
  if (b === undefined) return againstNothing(a);
  if (a.kind === 'list' && b.kind === 'list') return compareLists(a.items, b.items);
  if (a.kind === 'number' && b.kind === 'number') return compareDigits(a.digits, b.digits);
  if (a.kind === 'word' && b.kind === 'word') return compareWords(a.word, b.word);
  return orderOf(KIND[a.kind] - KIND[b.kind]);
}

function compareLists(left: readonly Item[], right: readonly Item[]): Order {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareItems(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
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

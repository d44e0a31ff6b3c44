import { type AnchorLiteral, type AnchorSearch, countLines, HitList } from './anchor-search.ts';

/**
 * Searches all literals in one pass with a dense automaton (Aho and Corasick, 1975) over letters folded to lower case;
 * a literal that is not `fold` is compared again byte for byte. The reference of the anchor-search kernel.
 */
export function createAhoCorasick(literals: readonly AnchorLiteral[]): AnchorSearch {
  const automaton = build(literals);
  const hits = new HitList();
  return {
    search(bytes, start = 0, end = bytes.length) {
      hits.clear();
      run(automaton, literals, { bytes, start, end }, hits);
      return hits.sorted();
    },
    countLines,
  };
}

interface Automaton {
  /** Class of each byte; bytes in no literal share class 0. */
  readonly classes: Uint8Array;
  readonly width: number;
  /** Next state by `state * width + class`. */
  readonly next: Uint16Array;
  /** Literals that end in a state. */
  readonly outputs: readonly (readonly number[])[];
}

function run(automaton: Automaton, literals: readonly AnchorLiteral[], range: Range, hits: HitList): void {
  const { classes, width, next, outputs } = automaton;
  const { bytes, start, end } = range;
  let state = 0;
  for (let at = start; at < end; at++) {
    state = next[state * width + (classes[bytes[at] ?? 0] ?? 0)] ?? 0;
    for (const index of outputs[state] ?? []) {
      const literal = literals[index];
      if (literal === undefined) continue;
      const from = at + 1 - literal.text.length;
      if (literal.fold || sameBytes(bytes, from, literal.text)) hits.add(from, index);
    }
  }
}

interface Range {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

function sameBytes(bytes: Uint8Array, from: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[from + index] !== text.charCodeAt(index)) return false;
  return true;
}

function build(literals: readonly AnchorLiteral[]): Automaton {
  const folded = literals.map((literal) => literal.text.toLowerCase());
  const classes = byteClasses(folded);
  const width = Math.max(...classes) + 1;
  const edges: Map<number, number>[] = [new Map()];
  const outputs: number[][] = [[]];
  folded.forEach((text, index) => {
    let state = 0;
    for (const letter of text) {
      const symbol = classes[letter.charCodeAt(0)] ?? 0;
      const known = edges[state]?.get(symbol);
      if (known === undefined) {
        edges[state]?.set(symbol, edges.length);
        state = edges.length;
        edges.push(new Map());
        outputs.push([]);
      } else state = known;
    }
    outputs[state]?.push(index);
  });
  return { classes, width, next: complete(edges, outputs, width), outputs };
}

/** Breadth first: a missing edge goes where the longest proper suffix goes; its outputs are inherited. */
function complete(edges: readonly Map<number, number>[], outputs: number[][], width: number): Uint16Array {
  const next = new Uint16Array(edges.length * width);
  const fail = new Uint16Array(edges.length);
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const suffix = fail[state] ?? 0;
    if (state !== 0) outputs[state]?.push(...(outputs[suffix] ?? []));
    for (let symbol = 0; symbol < width; symbol++) {
      const child = edges[state]?.get(symbol);
      const elsewhere = state === 0 ? 0 : (next[suffix * width + symbol] ?? 0);
      if (child === undefined) next[state * width + symbol] = elsewhere;
      else {
        next[state * width + symbol] = child;
        fail[child] = elsewhere;
        queue.push(child);
      }
    }
  }
  return next;
}

function byteClasses(folded: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256);
  let count = 0;
  for (const text of folded) {
    for (const letter of text) {
      const code = letter.charCodeAt(0);
      if (classes[code] === 0) classes[code] = ++count;
    }
  }
  for (let code = 0x41; code <= 0x5a; code++) classes[code] = classes[code + 0x20] ?? 0;
  return classes;
}

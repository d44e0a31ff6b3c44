import { expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import type { AnchorSearch } from '../../src/bytes/anchor-search.ts';
import { builtInRules } from '../../src/secrets/built-in-scan.ts';
import { createAnchorSearch, createMemoryAnchorSearch } from '../../src/wasm/anchor-search.ts';
import { createMemory } from '../../src/wasm/load.ts';

const { literals } = builtInRules();

/** Every literal as it is, in capitals and cut by one byte, at distances that go through all places of a vector. */
function planted(): Buffer {
  const parts = literals.flatMap(({ text }, index) => [
    '.'.repeat(index % 37),
    text,
    '\u00e9'.repeat(index % 5),
    text.toUpperCase(),
    text.slice(1),
    text.slice(0, -1),
  ]);
  return Buffer.from(parts.join(''), 'latin1');
}

function hitsOf(search: AnchorSearch, bytes: Uint8Array): readonly string[] {
  const { count, positions, literals: found } = search.search(bytes);
  return Array.from({ length: count }, (_, index) => `${positions[index]} ${literals[found[index] ?? -1]?.text}`);
}

const bytes = planted();
const wanted = hitsOf(createAhoCorasick(literals), bytes);

it('finds the literals of all rules where the reference does', () => {
  expect(wanted.length).toBeGreaterThan(literals.length);
  expect(hitsOf(createAnchorSearch(literals), bytes)).toEqual(wanted);
});

it('finds them in place, at any place of the memory', () => {
  const memory = createMemory(bytes.length + 65_536);
  const search = createMemoryAnchorSearch(memory, literals);
  for (const pointer of [0, 1, 15, 33, 4096]) {
    const range = new Uint8Array(memory.buffer, pointer, bytes.length);
    range.set(bytes);
    expect(hitsOf(search, range)).toEqual(wanted);
  }
});

it.each([24, 25, 63, 64, 65, 100, 1000])('finds them in any window of %i bytes', (length) => {
  const kernel = createAnchorSearch(literals);
  const reference = createAhoCorasick(literals);
  for (let start = 0; start + length <= bytes.length; start += 997) {
    const window = bytes.subarray(start, start + length);
    expect(hitsOf(kernel, window)).toEqual(hitsOf(reference, window));
  }
});

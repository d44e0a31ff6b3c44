import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import type { AnchorLiteral, AnchorSearch } from '../../src/bytes/anchor-search.ts';
import { createAnchorSearch, createMemoryAnchorSearch } from '../../src/wasm/anchor-search.ts';
import { createMemory } from '../../src/wasm/load.ts';

const exact = (text: string): AnchorLiteral => ({ text, fold: false });
const fold = (text: string): AnchorLiteral => ({ text, fold: true });

const LITERALS = [
  exact('AKIA'),
  exact('ghp_'),
  exact('SG.'),
  exact('-----BEGIN RSA PRIVATE'),
  fold('password'),
  fold('pass'),
  fold('key'),
  exact('abab'),
  exact('bab'),
  fold('a_1'),
];

const implementations: readonly (readonly [string, (literals: readonly AnchorLiteral[]) => AnchorSearch])[] = [
  ['reference', createAhoCorasick],
  ['kernel', createAnchorSearch],
  ['kernel in place', (literals) => createMemoryAnchorSearch(createMemory(65_536), literals)],
];

function hitsOf(search: AnchorSearch, bytes: Uint8Array, literals: readonly AnchorLiteral[]): string[] {
  const hits = search.search(bytes);
  return Array.from(
    { length: hits.count },
    (_, index) => `${hits.positions[index]} ${literals[hits.literals[index] ?? -1]?.text}`,
  );
}

describe.each(implementations)('anchor search, %s', (_, create) => {
  const search = create(LITERALS);
  const find = (text: string) => hitsOf(search, Buffer.from(text, 'latin1'), LITERALS);

  it('finds literals by case, folded ones in any case', () => {
    expect(find('xAKIA akia PassWord GHP_ ghp_')).toEqual(['1 AKIA', '11 password', '11 pass', '25 ghp_']);
  });

  it('finds overlapping literals', () => {
    expect(find('ababab')).toEqual(['0 abab', '1 bab', '2 abab', '3 bab']);
  });

  it('finds literals at both edges', () => {
    expect(find('SG.')).toEqual(['0 SG.']);
    expect(find(`${'-'.repeat(100)}SG.`)).toEqual(['100 SG.']);
  });

  it('finds nothing in nothing', () => {
    expect(find('')).toEqual([]);
    expect(find('AK')).toEqual([]);
  });

  it('leaves out a literal that the range cuts', () => {
    const bytes = Buffer.from('AKIA..AKIA');
    const hits = search.search(bytes, 1, 9);
    expect(hits.count).toBe(0);
  });

  it('finds a literal wherever it lies in a long text', () => {
    for (const at of [0, 1, 15, 16, 17, 31, 32, 262_100, 262_110, 262_112, 262_143, 262_144, 300_000]) {
      const bytes = Buffer.alloc(300_100, 0x2e);
      bytes.write('ghp_', at);
      expect(hitsOf(search, bytes, LITERALS)).toEqual([`${at} ghp_`]);
    }
  });

  it('gives more hits than its buffer holds', () => {
    const bytes = Buffer.from('ghp_'.repeat(20_000));
    expect(hitsOf(search, bytes, LITERALS).length).toBe(20_000);
  });
});

it('searches a range that begins at the first byte of the memory', () => {
  const memory = createMemory(65_536);
  const search = createMemoryAnchorSearch(memory, LITERALS);
  const bytes = new Uint8Array(memory.buffer, 0, 200);
  bytes.set(Buffer.from(`word password AKIA${'.'.repeat(160)}SG.`));
  bytes.copyWithin(0, 2);
  expect(hitsOf(search, bytes, LITERALS)).toEqual(['3 password', '3 pass', '12 AKIA', '176 SG.']);
});

it.each([0, 1, 15, 16, 17, 4079, 4080, 4081, 4096, 9000])('counts the line feeds of %i bytes', (length) => {
  const memory = createMemory(65_536);
  const search = createMemoryAnchorSearch(memory, LITERALS);
  const bytes = new Uint8Array(memory.buffer, 3, 9100);
  bytes.fill(0x0a, 0, length + 1);
  bytes.fill(0x20, 0, Math.min(length, 5));
  expect(search.countLines(bytes, 0, length)).toBe(Math.max(0, length - 5));
});

describe('the kernel against the reference', () => {
  it('agrees on any literals and any text', () => {
    const letter = fc.constantFrom(...'abAB_-1.K\u0000\u00ffz');
    const literal = fc.record({ text: fc.string({ unit: letter, minLength: 3, maxLength: 6 }), fold: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(literal, { minLength: 1, maxLength: 30 }),
        fc.string({ unit: letter, maxLength: 400 }),
        (drawn, text) => {
          const literals = drawn.map((item) => (item.fold ? fold(item.text.toLowerCase()) : item));
          const bytes = Buffer.from(text, 'latin1');
          expect(hitsOf(createAnchorSearch(literals), bytes, literals)).toEqual(
            hitsOf(createAhoCorasick(literals), bytes, literals),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

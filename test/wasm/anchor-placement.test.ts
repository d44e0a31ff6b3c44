import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../src/secrets/built-in-scan.ts';
import { decodePlacements, encodePlacements, placeAnchors } from '../../src/wasm/anchor-placement.ts';

const LITERALS = [
  { text: 'abc', fold: false },
  { text: 'password', fold: true },
  { text: '-----BEGIN', fold: false },
];

describe('places of anchors', () => {
  it('are read back from their text', () => {
    const placements = placeAnchors(LITERALS);
    expect(decodePlacements(encodePlacements(placements), LITERALS)).toEqual(placements);
  });

  it('computed ahead are those of the rules', () => {
    const { literals, placed } = builtInRules();
    expect(placed).toBe(encodePlacements(placeAnchors(literals)));
  });

  it('are at no window that source texts are full of, where there is another', () => {
    const words = ['function_key', 'confession', 'tion'];
    const placements = placeAnchors(words.map((text) => ({ text, fold: true })));
    expect(words.map((text, index) => text.slice(placements[index]?.offset).slice(0, 4))).not.toContain('func');
    expect(placements[2]?.offset).toBe(0);
  });

  it.each([
    ['for fewer literals', '0011'],
    ['of no bucket', '00110z'],
    ['behind a literal', '201100'],
    ['that are no numbers', '0011-0'],
  ])('refuses places %s', (_name, text) => expect(() => decodePlacements(text, LITERALS)).toThrow());
});

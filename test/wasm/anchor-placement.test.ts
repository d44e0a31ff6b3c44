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

  it.each([
    ['for fewer literals', '0011'],
    ['of no bucket', '00110z'],
    ['behind a literal', '201100'],
    ['that are no numbers', '0011-0'],
  ])('refuses places %s', (_name, text) => expect(() => decodePlacements(text, LITERALS)).toThrow());
});

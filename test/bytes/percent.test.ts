import { expect, it } from 'vitest';
import { decodePercent } from '../../src/bytes/percent.ts';

it.each([
  ['plain', 'plain'],
  ['1.0%2Bdfsg', '1.0+dfsg'],
  ['%C3%A9', 'é'],
  ['%', undefined],
  ['%C3', undefined],
])('decodes %j to %j', (text, decoded) => expect(decodePercent(text)).toBe(decoded));

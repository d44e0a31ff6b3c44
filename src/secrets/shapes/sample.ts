import type { Part } from './parts.ts';

/** A text that the parts match, the same for the same seed. Runs get their shortest length unless `long`. */
export function sampleOf(parts: readonly Part[], seed: string, long = false): string {
  const next = generator(seed);
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      const length = long ? Math.min(part.max, part.min + 40) : Math.max(part.min, Math.min(part.max, 8));
      for (let count = 0; count < length; count++) text += part.set.letters[next() % part.set.letters.length] ?? '';
    }
  }
  return text;
}

/** The mulberry32 generator seeded with FNV-1a of the text: well mixed and the same on every machine. */
function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

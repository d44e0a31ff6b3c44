import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { KERNELS } from '../../src/wasm/load.ts';

it('names every kernel', () => {
  const sources = readdirSync(join(import.meta.dirname, '..', '..', 'assembly')).filter((name) => name.endsWith('.ts'));
  expect([...KERNELS]).toEqual(sources.map((name) => basename(name, '.ts')).sort());
});

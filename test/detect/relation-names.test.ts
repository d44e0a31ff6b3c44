import { expect, it } from 'vitest';
import { ProblemError } from '../../src/archive-formats/zip.ts';
import { RelationNames } from '../../src/detect/relation-names.ts';

it('keeps each name once, in order', () => {
  const names = new RelationNames();
  for (const name of ['b', 'a', 'b']) names.add(name);
  expect(names.list()).toEqual(['b', 'a']);
});

it('gives a package up that needs more others than there are', () => {
  const names = new RelationNames();
  const all = (): void => {
    for (let index = 0; index <= 250_000; index += 1) names.add(`n${index}`);
  };
  expect(all).toThrow(
    new ProblemError({
      code: 'PLM_LIMIT',
      detail: 'a package needs or provides more than 250000 others: this and the packages after it are missing',
    }),
  );
});

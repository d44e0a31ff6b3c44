import { expect, it } from 'vitest';
import type { Provenance } from '../../src/model/provenance.ts';
import { builtText } from '../../src/report/notices.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';

const SOURCE = { uri: 'https://git.example/app.git', revision: '4b220de5058abfd01ff619c9d2ff6b09a049bea0' };

it.each<[Partial<Provenance>, string | undefined]>([
  [
    { source: SOURCE, builder: 'https://ci.example/7', signed: true },
    'https://git.example/app.git at 4b220de5058a by https://ci.example/7',
  ],
  [{ source: { uri: SOURCE.uri } }, 'https://git.example/app.git (as the build says, not signed)'],
  [{ builder: 'https://ci.example/7' }, 'by https://ci.example/7 (as the build says, not signed)'],
  [{ builder: '', source: { path: 'Dockerfile' } }, undefined],
])('%j is told as %s', (stated, expected) => {
  const provenance = [{ predicateType: 'p', materials: [], signed: false, ...stated }];
  expect(builtText({ ...analysisFixture().image, provenance })).toBe(expected);
});

it('an image without a statement is not told as built', () => {
  expect(builtText(analysisFixture().image)).toBeUndefined();
});

it('of several statements a signed one is told', () => {
  const provenance = ['https://other.example/1', 'https://ci.example/7'].map((builder, index) => ({
    predicateType: 'p',
    materials: [],
    builder,
    signed: index === 1,
  }));
  expect(builtText({ ...analysisFixture().image, provenance })).toBe('by https://ci.example/7');
});

import { expect, it } from 'vitest';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

it.each([
  ['cyclonedx-json', '"authors":[{"name":"Acme"}]'],
  ['cyclonedx-xml', '<authors><author><name>Acme</name></author></authors>'],
  ['spdx-json', '"Organization:Acme"'],
  ['spdx-tag-value', 'Creator:Organization:Acme'],
  ['spdx3-json', '"type":"Organization"'],
  ['openvex', '"author":"Acme"'],
])('%s names the author', async (format, expected) => {
  const text = await reportText(format, analysisFixture(), { author: 'Acme' });
  expect(text.replaceAll(/\s+/g, '')).toContain(expected);
  expect(await reportText(format, analysisFixture())).not.toContain('Acme');
});

it('documents of different authors have different ids', async () => {
  const texts = await Promise.all(
    [{}, { author: 'a' }, { author: 'b' }].map((options) => reportText('openvex', analysisFixture(), options)),
  );
  expect(new Set(texts.map((text) => /urn:uuid:[0-9a-f-]+/.exec(text)?.[0])).size).toBe(3);
});

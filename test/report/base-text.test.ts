import { expect, it } from 'vitest';
import { baseText } from '../../src/report/notices.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';

function textFor(labels: Readonly<Record<string, string>>): string | undefined {
  const { image, ...fixture } = analysisFixture();
  const layers = image.layers.map(({ base: _base, ...layer }) => layer);
  return baseText({ ...fixture, image: { ...image, layers, config: { ...image.config, labels } } });
}

it('a base that only the builder names is told as what a label says', () => {
  const label = { 'org.opencontainers.image.base.name': 'docker.io/library/debian:12' };
  const hint = ', as its label says (plimsoll base add tells what came with it)';
  expect([
    textFor({}),
    textFor(label),
    textFor({ ...label, 'org.opencontainers.image.base.digest': 'sha256:ab' }),
  ]).toEqual([undefined, `docker.io/library/debian:12${hint}`, `docker.io/library/debian:12@sha256:ab${hint}`]);
});

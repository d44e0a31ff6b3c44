import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/homebrew/detector.ts';
import { packagesOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const FORMULA = '/home/linuxbrew/.linuxbrew/Cellar/jq/1.7.1_2/.brew/jq.rb';

describe('Homebrew formula', () => {
  it('names the package by its place and takes the licence it states', () => {
    const text = 'class Jq < Formula\n  desc "JSON"\n  license "MIT"\nend\n';
    expect(packagesOf(runDetectors(detectors, { [FORMULA]: text }))).toEqual([
      { type: 'brew', name: 'jq', version: '1.7.1_2', licenses: ['MIT'] },
    ]);
  });

  it.each(['', 'license any_of: ["MIT", "GPL-2.0"]\n', '  license "MI', `  license "${'x'.repeat(100_000)}"\n`])(
    'invents no licence for %.30j',
    (text) => {
      expect(packagesOf(runDetectors(detectors, { [FORMULA]: text }))).toEqual([
        { type: 'brew', name: 'jq', version: '1.7.1_2' },
      ]);
    },
  );

  it('states the package as of each layer', () => {
    const [detector] = detectors;
    if (detector === undefined) throw new Error('no detector');
    const next = FORMULA.replace('1.7.1_2', '1.8');
    const layers = runLayers(detector, [{ [FORMULA]: '' }, { [FORMULA]: null, [next]: '' }, { [next]: null }]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['1.7.1_2'], ['1.8'], []]);
  });
});

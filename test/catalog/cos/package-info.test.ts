import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/cos/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const LIST = '/etc/cos-package-info.json';
const list = (...installed: readonly unknown[]): string =>
  JSON.stringify({
    installedPackages: installed,
    buildTimePackages: [{ category: 'dev', name: 'built-with', version: '1' }],
  });
const python = { category: 'dev-lang', name: 'python', version: '3.8', revision: '4' };

describe('Container-Optimized OS package list', () => {
  it('reads what is installed, not what built it', () => {
    expect(
      packagesOf(runDetectors(detectors, { [LIST]: list(python, { name: 'a', version: '1', revision: '0' }) })),
    ).toEqual([
      { type: 'cos', namespace: 'dev-lang', name: 'python', version: '3.8-r4' },
      { type: 'cos', name: 'a', version: '1' },
    ]);
  });

  it('is a problem when empty, truncated or not what it should be', () => {
    const problems = (text: string): string[] => problemsOf(runDetectors(detectors, { [LIST]: text }));
    expect(problems(list())[0]).toMatch(/^PLM_DATABASE_EMPTY/);
    expect(problems('{')).toEqual([
      'PLM_DATABASE_DAMAGED: no JSON object: the packages of the system are not in this report',
    ]);
    expect(problems(list(python, 7, { name: 'x' }))).toEqual([
      'PLM_DATABASE_DAMAGED: 2 entries without name or version: these packages are missing',
    ]);
  });

  it('states the packages as of each layer', () => {
    const [detector] = detectors;
    if (detector === undefined) throw new Error('no detector');
    const layers = runLayers(detector, [
      { [LIST]: list(python) },
      { [LIST]: list({ ...python, version: '3.9' }) },
      { [LIST]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['3.8-r4'], ['3.9-r4'], []]);
  });
});

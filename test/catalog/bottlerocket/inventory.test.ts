import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/bottlerocket/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const INVENTORY = '/x86_64-bottlerocket-linux-gnu/sys-root/usr/share/bottlerocket/application-inventory.json';
const inventory = (...content: readonly unknown[]): string => JSON.stringify({ Content: content });
const glibc = {
  Name: 'glibc',
  Publisher: 'Bottlerocket',
  Version: '2.40',
  Release: '1.1',
  Epoch: '1',
  Architecture: 'x86_64',
};

describe('Bottlerocket inventory', () => {
  it('reads entries with and without epoch', () => {
    expect(
      packagesOf(
        runDetectors(detectors, { [INVENTORY]: inventory(glibc, { Name: 'kmod', Version: '33', Epoch: '0' }) }),
      ),
    ).toEqual([
      {
        type: 'rpm',
        ofDistro: true,
        name: 'glibc',
        version: '1:2.40-1.1',
        arch: 'x86_64',
        qualifiers: { epoch: '1' },
        properties: { vendor: 'Bottlerocket' },
      },
      { type: 'rpm', ofDistro: true, name: 'kmod', version: '33' },
    ]);
  });

  it('is a problem when empty, truncated or not what it should be', () => {
    const problems = (text: string): string[] => problemsOf(runDetectors(detectors, { [INVENTORY]: text }));
    expect(problems(inventory())[0]).toMatch(/^PLM_DATABASE_EMPTY/);
    expect(problems(inventory(glibc).slice(0, -5))).toEqual([
      'PLM_DATABASE_DAMAGED: no JSON object: the packages of the system are not in this report',
    ]);
    expect(problems(inventory(glibc, null, { Name: 'x' }, { Version: '1' }))).toEqual([
      'PLM_DATABASE_DAMAGED: 3 entries without name or version: these packages are missing',
    ]);
    expect(problems('['.repeat(100_000))[0]).toMatch(/no JSON object/);
  });

  it('states the packages as of each layer', () => {
    const [detector] = detectors;
    if (detector === undefined) throw new Error('no detector');
    const layers = runLayers(detector, [
      { [INVENTORY]: inventory(glibc) },
      { [INVENTORY]: inventory({ ...glibc, Version: '3' }) },
      { [INVENTORY]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([
      ['1:2.40-1.1'],
      ['1:3-1.1'],
      [],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/julia/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const ENVIRONMENT = '/root/.julia/environments/v1.10/Manifest.toml';
const scan = (path: string, text: string) => runDetectors(detectors, { [path]: text });
const JSON_PACKAGE = {
  type: 'julia',
  name: 'JSON',
  version: '0.21.4',
  qualifiers: { uuid: '682c06a0' },
  dependsOn: ['Dates', 'Parsers'],
};
const ENTRY = 'deps = ["Parsers", "Dates"]\nuuid = "682c06a0"\nversion = "0.21.4"\n';

describe('Julia packages', () => {
  it('reads a manifest of format 2, modules of Julia itself left out', () => {
    const text = `julia_version = "1.10.0"\nmanifest_format = "2.0"\n\n[[deps.JSON]]\n${ENTRY}\n[[deps.Dates]]\nuuid = "ade2ca70"\n`;
    expect(packagesOf(scan(ENVIRONMENT, text))).toEqual([JSON_PACKAGE]);
  });

  it('reads a manifest of format 1', () =>
    expect(packagesOf(scan(ENVIRONMENT, `[[JSON]]\n${ENTRY}`))).toEqual([JSON_PACKAGE]));

  it('reads an installed package by its project file', () => {
    const text = 'name = "JSON"\nuuid = "682c06a0"\nversion = "0.21.4"\n[deps]\nDates = "x"\nParsers = "y"\n';
    expect(packagesOf(scan('/root/.julia/packages/JSON/93Ea8/Project.toml', text))).toEqual([JSON_PACKAGE]);
    expect(scan('/root/project/Project.toml', text)).toEqual([]);
  });

  for (const text of ['[[deps', 'a = "\n', '\0']) {
    it(`says what is lost when the manifest is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan(ENVIRONMENT, text))).toEqual([
        'PLM_FILE_UNREADABLE: not a manifest: the Julia packages of this environment are not listed',
      ]);
    });
  }

  it('finds nothing in an empty manifest or fields of the wrong kind', () => {
    expect(scan(ENVIRONMENT, '')).toEqual([]);
    expect(scan(ENVIRONMENT, 'manifest_format = "2.0"\ndeps = 3\n')).toEqual([]);
    expect(scan(ENVIRONMENT, '__proto__ = [{version = 1}]\n')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/r/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const PATH = '/usr/local/lib/R/site-library/ggplot2/DESCRIPTION';
const scan = (text: string, path = PATH) => runDetectors(detectors, { [path]: text });
const BUILT = 'Built: R 4.3.1; ; 2023-10-20 10:00:00 UTC; unix\n';

describe('R packages', () => {
  it('reads an installed package with folded needs', () => {
    const text = `Package: ggplot2\nVersion: 3.4.4\nDepends: R (>= 3.3)\nImports: cli, rlang (>= 1.1.0),\n    scales (>= 1.2.0)\nLicense: MIT + file LICENSE\nRepository: CRAN\n${BUILT}`;
    expect(packagesOf(scan(text))).toEqual([
      {
        type: 'cran',
        name: 'ggplot2',
        version: '3.4.4',
        licenses: ['MIT'],
        dependsOn: ['cli', 'rlang', 'scales'],
        properties: { repository: 'CRAN' },
      },
    ]);
  });

  for (const [declared, license] of [
    ['GPL-2 | GPL-3', 'GPL-2.0-only OR GPL-3.0-only'],
    ['GPL (>= 2)', 'GPL-2.0-or-later'],
    ['Apache License (== 2.0)', 'Apache-2.0'],
    ['Part of R 4.3.1', 'Part of R 4.3.1'],
    ['file LICENSE', 'file LICENSE'],
    ['constructor', 'constructor'],
  ] as const) {
    it(`reads the licence "${declared}"`, () => {
      expect(packagesOf(scan(`Package: x\nVersion: 1\nLicense: ${declared}\n${BUILT}`))[0]?.licenses).toEqual([
        license,
      ]);
    });
  }

  it('leaves out sources that were never installed, and other files of the name', () => {
    expect(scan('Package: x\nVersion: 1\n', '/src/x/DESCRIPTION')).toEqual([]);
    expect(scan('A description of something', '/srv/DESCRIPTION')).toEqual([]);
  });

  for (const text of ['', 'Package: x\n', '\0\0', 'Package: x\nVers']) {
    it(`says that a package is lost when its description is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan(text))).toEqual([
        'PLM_FILE_UNREADABLE: no name and version in it: this R package is not listed',
      ]);
    });
  }
});

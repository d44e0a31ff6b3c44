import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/dpkg/detector.ts';
import { parseCopyright } from '../../../src/catalog/dpkg/parse-copyright.ts';
import { runDetectors, runLayers } from '../../support/detector-harness.ts';

const PATH = '/usr/share/doc/zlib1g/copyright';
const MACHINE_READABLE = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Source: https://zlib.net/

Files: *
Copyright: 1995-2022 Jean-loup Gailly and Mark Adler
License: Zlib

Files: contrib/*
License: GPL-2+ and Expat
 text of it

Files: debian/*
License: BSD-4-clause

License: GPL-3
 quoted text
`;

describe('Debian copyright files', () => {
  it('give the short names of machine-readable paragraphs to the package of the folder', () => {
    expect(runDetectors(detectors, { [PATH]: MACHINE_READABLE })).toEqual(
      ['GPL-2.0-or-later AND MIT', 'Zlib'].map((value) => ({
        kind: 'fact',
        name: 'package-licence.deb/zlib1g',
        value,
      })),
    );
  });

  it('give the common licences that prose refers to, those of a version only', () => {
    const prose =
      'On Debian systems see /usr/share/common-licenses/GPL-2. and "/usr/share/common-licenses/GPL" or\n/usr/share/common-licenses/Apache-2.0.\n';
    expect(parseCopyright(prose)).toEqual(['Apache-2.0', 'GPL-2']);
  });

  it.each([
    '',
    'All rights reserved.\n',
    MACHINE_READABLE.slice(0, 100),
    `Format: dep5\n\nFiles: *\nLicense: ${'x'.repeat(9000)}\n`,
    '\u0000\u0001',
  ])('invent nothing for %.30j', (text) => {
    expect(parseCopyright(text)).toEqual([]);
  });

  it('are stated as of each layer', () => {
    const detector = detectors.find((one) => one.id === 'dpkg/copyright');
    if (detector === undefined) throw new Error('no detector');
    const text = (license: string): string => `Format: dep5\n\nFiles: *\nLicense: ${license}\n`;
    const layers = runLayers(detector, [{ [PATH]: text('Expat') }, { [PATH]: text('ISC') }, { [PATH]: null }]);
    expect(layers.map((layer) => layer.map((one) => (one.kind === 'fact' ? one.value : one)))).toEqual([
      ['MIT'],
      ['ISC'],
      [],
    ]);
  });

  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        Array.isArray(parseCopyright(`Format: dep5\n\nFiles: ${text}\nLicense: ${text}`)),
      ),
    );
  });
});

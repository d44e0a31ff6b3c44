import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/jvm/detector.ts';
import { runDetectors } from '../../support/detector-harness.ts';

const scan = (text: string) => runDetectors(detectors, { '/opt/java/openjdk/release': text });

describe('Java installations', () => {
  it('reads the run-time version, the maker and the kind of image', () => {
    const text =
      'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_RUNTIME_VERSION="21.0.2+13-LTS"\nJAVA_VERSION="21.0.2"\nIMAGE_TYPE="JRE"\nMODULES="java.base java.xml"\n';
    expect(scan(text)).toEqual([
      {
        kind: 'package',
        package: {
          type: 'generic',
          name: 'java',
          version: '21.0.2+13-LTS',
          unlessOwned: true,
          properties: { implementor: 'Eclipse Adoptium', imageType: 'JRE' },
        },
      },
    ]);
  });

  it('reads the short version of old installations', () => {
    expect(scan('JAVA_VERSION="1.8.0_352"\n')).toEqual([
      { kind: 'package', package: { type: 'generic', name: 'java', version: '1.8.0_352', unlessOwned: true } },
    ]);
  });

  for (const text of [
    '',
    'NAME="Debian"\n',
    'JAVA_VERSION=""\n',
    'JAVA_VERSION="',
    '\0\0\0',
    `${'A'.repeat(60_000)}="1"`,
  ]) {
    it(`is silent about ${JSON.stringify(text.slice(0, 20))}`, () => expect(scan(text)).toEqual([]));
  }
});

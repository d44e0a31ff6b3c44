import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/conan/detector.ts';
import { parseConaninfo } from '../../../src/catalog/conan/parse-conaninfo.ts';
import { packagesOf, runDetectors } from '../../support/detector-harness.ts';

const ID = 'ab'.repeat(20);
const PATH = `/root/.conan/data/mfast/1.2.2/my_user/_/package/${ID}/conaninfo.txt`;
const TEXT = `[settings]
    os=Linux

[requires]
    zlib/1.Y.Z

[full_requires]
    zlib/1.2.11:${ID}
    tinyxml2/9.0.0@user/channel:${ID}

[options]
    shared=False
`;

describe('Conan packages', () => {
  it('reads a package of the cache by its place, and what it was built with', () => {
    expect(packagesOf(runDetectors(detectors, { [PATH]: TEXT }))).toEqual([
      {
        type: 'conan',
        name: 'mfast',
        version: '1.2.2',
        qualifiers: { user: 'my_user' },
        provides: ['mfast/1.2.2'],
        dependsOn: ['tinyxml2/9.0.0', 'zlib/1.2.11'],
      },
      { type: 'conan', name: 'zlib', version: '1.2.11', provides: ['zlib/1.2.11'], hearsay: true },
      { type: 'conan', name: 'tinyxml2', version: '9.0.0', provides: ['tinyxml2/9.0.0'], hearsay: true },
    ]);
  });

  it('does not take ranges of versions for packages', () => {
    expect(runDetectors(detectors, { '/root/.conan2/p/b/x/p/conaninfo.txt': '[requires]\nzlib/1.2.Z\n' })).toEqual([]);
  });

  it('finds nothing in an empty or damaged file', () => {
    for (const text of ['', '[full_requires]\n  ///\n zlib\n /1\n', '\0']) {
      expect(runDetectors(detectors, { '/x/conaninfo.txt': text })).toEqual([]);
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseConaninfo(`[full_requires]\n${text}`)));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/lua/detector.ts';
import { parseRockspec } from '../../../src/catalog/lua/parse-rockspec.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const PATH = '/usr/local/lib/luarocks/rocks-5.1/luasec/1.3.2-1/luasec-1.3.2-1.rockspec';
const scan = (text: string) => runDetectors(detectors, { [PATH]: text });

describe('Lua rocks', () => {
  it('reads package, version, licence and needs', () => {
    const text = `-- package = "no"
package = "luasec"
version = '1.3.2-1'
source = { url = "git+https://github.com/brunoos/luasec" }
description = { summary = "SSL", license = [[MIT]] }
dependencies = {
   "lua >= 5.1",
   "luasocket >= 3.0",
}
`;
    expect(packagesOf(scan(text))).toEqual([
      { type: 'luarocks', name: 'luasec', version: '1.3.2-1', licenses: ['MIT'], dependsOn: ['luasocket'] },
    ]);
  });

  for (const text of ['', 'package = "x"', 'local v = "1"\npackage = "x"\nversion = v', 'package = "x']) {
    it(`says that a rock is lost when its rockspec is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan(text))).toEqual([
        'PLM_FILE_UNREADABLE: package or version is not written out in it: this Lua rock is not listed',
      ]);
    });
  }

  it('reads any text without a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void parseRockspec(`package = ${text} dependencies = { ${text}`),
      ),
    );
  });
});

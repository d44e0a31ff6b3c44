import { describe, expect, it } from 'vitest';
import { textKind } from '../../../src/pipeline/notices/text-names.ts';

describe('textKind', () => {
  it.each([
    [
      'license',
      ['LICENSE', 'license', 'LICENCE.md', 'License.txt', 'LICENSE-MIT.txt', 'LICENSE.BSD', 'LICENSES_bundled.txt'],
    ],
    [
      'license',
      [
        'COPYING',
        'COPYING.LESSER',
        'COPYINGLIB',
        'COPYING3',
        'COPYING3.LIB',
        'COPYINGv2',
        'UNLICENSE',
        'MIT-LICENSE',
        'FONT_LICENSE',
        'copyright',
        'COPYRIGHT.gz',
      ],
    ],
    [
      'license',
      [
        'LICENSE-APACHE-2.0',
        'LICENSE.netty.txt',
        'licenses/any.txt',
        'META-INF/license/zlib',
        'legal/java.base/asm.md',
      ],
    ],
    [
      'notice',
      [
        'NOTICE',
        'NOTICE.txt',
        'notice.md',
        'ThirdPartyNotices.txt',
        'THIRD_PARTY_LICENSES',
        'third-party',
        'licenses/NOTICE',
      ],
    ],
    ['authors', ['AUTHORS', 'AUTHORS.rst', 'authors.md']],
  ] as const)('calls a text %s by its name: %j', (kind, names) => {
    expect(names.map((name) => textKind(`/${name}`))).toEqual(names.map(() => kind));
  });

  it.each([
    [
      'programs',
      ['license.js', 'licenses.rb', 'update-authors.sh', 'copyright.py', 'NoticeBoard.class', 'licenses/index.js'],
    ],
    ['keys that unlock products', ['license.key', 'license.lic', 'license.dat', 'license.xml', 'licence.json']],
    ['other names', ['README.md', 'licensed', 'noticeable.txt', 'authority', 'COPYINGS', 'mylicense', 'package.json']],
    ['pictures and documents that are no text', ['LICENSE.pdf', 'license.png', 'COPYING.ri']],
  ])('leaves %s alone: %j', (_, names) => {
    expect(names.map((name) => textKind(`/${name}`))).toEqual(names.map(() => undefined));
  });

  it('answers quickly for a name that is made to be slow', () => {
    expect(textKind(`/${'a-'.repeat(100_000)}license`)).toBe(undefined);
    expect(textKind(`/license${'-.'.repeat(100_000)}`)).toBe(undefined);
  });
});

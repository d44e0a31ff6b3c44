import { describe, expect, it } from 'vitest';
import { commonLicensesOf, isCommonLicense } from '../../../src/pipeline/notices/common-licenses.ts';

describe('commonLicensesOf', () => {
  it.each([
    ["see `/usr/share/common-licenses/GPL-2'.", ['GPL-2']],
    ['in /usr/share/common-licenses/Apache-2.0.', ['Apache-2.0']],
    ['/usr/share/common-licenses/LGPL-2.1, /usr/share/common-licenses/GPL', ['GPL', 'LGPL-2.1']],
    ['/usr/share/common-licenses/GPL-3 and /usr/share/common-licenses/GPL-3', ['GPL-3']],
    ['the folder /usr/share/common-licenses/ has them', []],
    ['/usr/share/common-licenses/../../etc/passwd', []],
  ])('finds in "%s" what is named', (text, names) => {
    expect(commonLicensesOf(text, 10)).toEqual(names.map((name) => `/usr/share/common-licenses/${name}`));
  });

  it('stops where a text names more than any system has', () => {
    const text = ['c', 'b', 'a'].map((name) => `/usr/share/common-licenses/${name}`).join(' ');
    expect(commonLicensesOf(text, 2)).toEqual(['/usr/share/common-licenses/b', '/usr/share/common-licenses/c']);
  });

  it('knows the files themselves', () => {
    const paths = [
      '/usr/share/common-licenses/GPL-3',
      '/r/usr/share/common-licenses/BSD',
      '/usr/share/common-licenses/x/y',
    ];
    expect(paths.map(isCommonLicense)).toEqual([true, true, false]);
  });
});

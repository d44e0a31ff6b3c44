import { describe, expect, it } from 'vitest';
import { commonLicensesOf, isCommonLicense } from '../../../src/pipeline/notices/common-licenses.ts';

const COPYRIGHT = '/usr/share/doc/a/copyright';

describe('commonLicensesOf', () => {
  it.each([
    ["see `/usr/share/common-licenses/GPL-2'.", COPYRIGHT, ['GPL-2']],
    ['in /usr/share/common-licenses/Apache-2.0.', COPYRIGHT, ['Apache-2.0']],
    ['/usr/share/common-licenses/LGPL-2.1, /usr/share/common-licenses/GPL', COPYRIGHT, ['GPL', 'LGPL-2.1']],
    ['/usr/share/common-licenses/GPL-3 and /usr/share/common-licenses/GPL-3', COPYRIGHT, ['GPL-3']],
    ['the folder /usr/share/common-licenses/ has them', COPYRIGHT, []],
    ['/usr/share/common-licenses/../../etc/passwd', COPYRIGHT, []],
  ])('finds in "%s" what is named', (text, path, names) => {
    expect(commonLicensesOf(text, path)).toEqual(names.map((name) => `/usr/share/common-licenses/${name}`));
  });

  it('looks in the root file system that the text is in', () => {
    expect(commonLicensesOf('/usr/share/common-licenses/BSD', `/srv/root${COPYRIGHT}`)).toEqual([
      '/srv/root/usr/share/common-licenses/BSD',
    ]);
    expect(commonLicensesOf('/usr/share/common-licenses/BSD', '/usr/share/x.jar!/LICENSE')).toEqual([
      '/usr/share/common-licenses/BSD',
    ]);
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

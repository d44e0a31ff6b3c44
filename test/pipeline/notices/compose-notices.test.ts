import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { withLimits } from '../../../src/limits.ts';
import type { LayerLiteral } from '../../support/image-builder.ts';
import { noticesOf, problemLines, textLines } from '../../support/notices-of.ts';
import { buildHeader } from '../../support/rpm-database-builder.ts';
import { buildRpmSqlite } from '../../support/sqlite-builder.ts';

const deb = (...names: readonly string[]): string =>
  names.map((name) => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`).join('\n');
const STATUS = '/var/lib/dpkg/status';
const COMMON = '/usr/share/common-licenses';
const npm = (name: string): string => JSON.stringify({ name, version: '1.0.0', license: 'MIT' });
const members = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content]),
    ),
  );
const pom = (name: string): Readonly<Record<string, string>> => ({
  [`META-INF/maven/g/${name}/pom.properties`]: `groupId=g\nartifactId=${name}\nversion=1\n`,
});

async function texts(...layers: readonly LayerLiteral[]): Promise<readonly string[]> {
  return textLines(await noticesOf(layers));
}

describe('the texts of Debian packages', () => {
  it('are their copyright files, with the common licences they refer to, once', async () => {
    const layer = {
      [STATUS]: deb('a', 'b', 'c'),
      '/usr/share/doc/a/copyright': `see ${COMMON}/GPL.`,
      '/usr/share/doc/b/copyright': `see ${COMMON}/GPL-3 and ${COMMON}/BSD.`,
      '/usr/share/doc/c': { symlink: 'b' },
      [`${COMMON}/GPL`]: { symlink: 'GPL-3' },
      [`${COMMON}/GPL-3`]: 'the GPL',
      [`${COMMON}/BSD`]: 'the BSD licence',
      [`${COMMON}/MPL-2.0`]: 'nobody refers to it',
    };
    expect(await texts(layer)).toEqual([
      `license "the GPL" at ${COMMON}/GPL ${COMMON}/GPL-3 of pkg:deb/a@1 pkg:deb/b@1 pkg:deb/c@1`,
      `license "see ${COMMON}/GPL." at /usr/share/doc/a/copyright of pkg:deb/a@1`,
      `license "the BSD licence" at ${COMMON}/BSD of pkg:deb/b@1 pkg:deb/c@1`,
      `license "see ${COMMON}/GPL-3 and ${COMMON}/BSD." at /usr/share/doc/b/copyright of pkg:deb/b@1 pkg:deb/c@1`,
    ]);
  });

  it('are looked for in the root file system that they are in', async () => {
    const layer = {
      [`/srv/root${STATUS}`]: deb('a'),
      '/srv/root/usr/share/doc/a/copyright': `see ${COMMON}/BSD`,
      [`/srv/root${COMMON}/BSD`]: 'its own BSD licence',
      [`${COMMON}/BSD`]: 'that of another system',
    };
    expect(await texts(layer)).toEqual([
      `license "its own BSD licence" at /srv/root${COMMON}/BSD of pkg:deb/a@1`,
      `license "see ${COMMON}/BSD" at /srv/root/usr/share/doc/a/copyright of pkg:deb/a@1`,
    ]);
  });

  it('are told to be missing where a text refers to one that is not there', async () => {
    const layer = { [STATUS]: deb('a'), '/usr/share/doc/a/copyright': `see ${COMMON}/GPL-3` };
    const notices = await noticesOf([layer], { missing: 'text' });
    expect(problemLines(notices)).toContain(
      `PLM_NOTICE_MISSING ${COMMON}/GPL-3: 1 text of the image refers to this licence, which it does not hold`,
    );
    expect(notices.gates).toEqual([
      {
        id: 'missing-text',
        action: 'fail',
        passed: false,
        message: '0 packages with no licence text, 1 text lost',
        findings: [],
      },
    ]);
  });

  it('are those of the final file system, in whichever layer they lie', async () => {
    const lower = {
      [STATUS]: deb('a', 'b', 'c'),
      '/usr/share/doc/a/copyright': 'old',
      '/usr/share/doc/b/copyright': 'kept',
      '/usr/share/doc/c/copyright': 'deleted',
    };
    const upper = { '/usr/share/doc/a/copyright': 'new', '/usr/share/doc/c/.wh.copyright': '' };
    expect(await texts(lower, upper)).toEqual([
      'license "new" at /usr/share/doc/a/copyright of pkg:deb/a@1',
      'license "kept" at /usr/share/doc/b/copyright of pkg:deb/b@1',
    ]);
  });
});

describe('a package of the operating system', () => {
  it('stands for what it installed, and a package for the copies it carries', async () => {
    const notices = await noticesOf([
      {
        [STATUS]: deb('python3-six'),
        '/var/lib/dpkg/info/python3-six.list': '/lib/site-packages/six-1.dist-info/METADATA\n',
        '/lib/site-packages/six-1.dist-info/METADATA': 'Metadata-Version: 2.1\nName: six\nVersion: 1\n',
        '/lib/site-packages/six-1.dist-info/LICENSE': 'six',
        '/lib/site-packages/pip-2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: pip\nVersion: 2\n',
        '/lib/site-packages/pip-2.dist-info/sboms/auditwheel.cdx.json': JSON.stringify({
          bomFormat: 'CycloneDX',
          specVersion: '1.6',
          components: [{ type: 'library', name: 'zlib', version: '1.2', purl: 'pkg:rpm/almalinux/zlib@1.2' }],
        }),
      },
    ]);
    expect(notices.packages.map(({ id, includes, texts: ids }) => [id, includes, ids.length])).toEqual([
      ['pkg:pypi/pip@2', ['pkg:rpm/almalinux/zlib@1.2'], 0],
      ['pkg:deb/python3-six@1', ['pkg:pypi/six@1'], 1],
    ]);
  });
});

describe('texts of other packages', () => {
  it('lie in the folders of npm packages, Python distributions, gems, Composer and conda packages', async () => {
    const layer = {
      '/app/node_modules/@s/a/package.json': npm('@s/a'),
      '/app/node_modules/@s/a/LICENSE': 'A',
      '/app/node_modules/@s/a/node_modules/b/package.json': npm('b'),
      '/app/node_modules/@s/a/node_modules/b/licence.md': 'B\r\n',
      '/app/node_modules/c/package.json': npm('c'),
      '/app/node_modules/c/LICENSE': 'B\n',
      '/v/site-packages/P-1.dist-info/METADATA': 'Metadata-Version: 2.4\nName: P\nVersion: 1\n',
      '/v/site-packages/P-1.dist-info/licenses/src/zlib.txt': 'P',
      '/v/site-packages/P-1.dist-info/RECORD': 'p/vendor/LICENSE,,\n',
      '/v/site-packages/p/vendor/LICENSE': 'P vendor',
      '/g/specifications/r-1.0.gemspec': 'Gem::Specification.new do |s|\n  s.name = "r"\n  s.version = "1.0"\nend\n',
      '/g/gems/r-1.0/MIT-LICENSE': 'R',
      '/w/vendor/composer/installed.json': '{"packages":[{"name":"n/q","version":"1.0"}]}',
      '/w/vendor/n/q/LICENSE': 'Q',
      '/opt/c/envs/e/conda-meta/z-1-h0.json': '{"name":"z","version":"1"}',
      '/opt/c/pkgs/z-1-h0/info/licenses/z.txt': 'Z',
    };
    expect(await texts(layer)).toEqual([
      'license "P" at /v/site-packages/P-1.dist-info/licenses/src/zlib.txt of pkg:pypi/p@1',
      'license "P vendor" at /v/site-packages/p/vendor/LICENSE of pkg:pypi/p@1',
      'license "A" at /app/node_modules/@s/a/LICENSE of pkg:npm/%40s/a@1.0.0',
      'license "B\n" at /app/node_modules/@s/a/node_modules/b/licence.md /app/node_modules/c/LICENSE of pkg:npm/b@1.0.0 pkg:npm/c@1.0.0',
      'license "Q" at /w/vendor/n/q/LICENSE of pkg:composer/n/q@1.0',
      'license "R" at /g/gems/r-1.0/MIT-LICENSE of pkg:gem/r@1.0',
      'license "Z" at /opt/c/pkgs/z-1-h0/info/licenses/z.txt of pkg:conda/z@1',
    ]);
  });

  it('lie in jars, also in those that are packed in others', async () => {
    const inner = members({ ...pom('inner'), 'META-INF/LICENSE.txt': 'inner', 'META-INF/NOTICE': 'by inner' });
    const outer = members({
      ...pom('outer'),
      'BOOT-INF/lib/inner-1.jar': inner,
      LICENSE: 'outer',
      'x/license.class': 'no',
    });
    expect(await texts({ '/opt/outer-1.jar': outer })).toEqual([
      'license "inner" at /opt/outer-1.jar!/BOOT-INF/lib/inner-1.jar!/META-INF/LICENSE.txt of pkg:maven/g/inner@1',
      'notice "by inner" at /opt/outer-1.jar!/BOOT-INF/lib/inner-1.jar!/META-INF/NOTICE of pkg:maven/g/inner@1',
      'license "outer" at /opt/outer-1.jar!/LICENSE of pkg:maven/g/outer@1',
    ]);
  });

  it('of a jar are not those of what was shaded into it', async () => {
    const uber = members({
      ...pom('uber'),
      ...pom('guava'),
      'META-INF/LICENSE': 'uber',
    });
    const own = members({ ...pom('guava'), 'META-INF/LICENSE': 'guava' });
    expect(await texts({ '/opt/guava-1.jar': own, '/opt/uber-1.jar': uber })).toEqual([
      'license "guava" at /opt/guava-1.jar!/META-INF/LICENSE of pkg:maven/g/guava@1',
      'license "uber" at /opt/uber-1.jar!/META-INF/LICENSE of pkg:maven/g/uber@1',
    ]);
  });

  it('are what rpm filed as licences, whatever their names', async () => {
    const header = buildHeader({ name: 'bash', version: '5.2', release: '1', license: 'GPL-3.0-or-later' });
    const layer = {
      '/var/lib/rpm/rpmdb.sqlite': buildRpmSqlite([header]).database,
      '/usr/share/licenses/bash/gpl.txt': 'GPL',
      '/usr/share/licenses/bash-5.2/other': 'too',
    };
    expect(await texts(layer)).toEqual([
      'license "too" at /usr/share/licenses/bash-5.2/other of pkg:rpm/bash@5.2-1',
      'license "GPL" at /usr/share/licenses/bash/gpl.txt of pkg:rpm/bash@5.2-1',
    ]);
  });

  it('come last where no package holds them, and are left out where they are empty or links to nothing', async () => {
    const layer = {
      '/usr/local/LICENSE': 'whose?',
      '/srv/LICENSE': ' \n',
      '/srv/COPYING': { symlink: '/nowhere' },
      '/app/node_modules/a/package.json': npm('a'),
      '/app/node_modules/a/LICENSE': { symlink: '/usr/local/LICENCE' },
      '/usr/local/LICENCE': 'linked',
    };
    expect(await texts(layer)).toEqual([
      'license "linked" at /app/node_modules/a/LICENSE /usr/local/LICENCE of pkg:npm/a@1.0.0',
      'license "whose?" at /usr/local/LICENSE of none',
    ]);
  });
});

describe('what cannot be had is told', () => {
  const layer = (files: LayerLiteral): LayerLiteral => ({
    '/etc/os-release': 'ID=x\nVERSION_ID=1\n',
    ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`/m/node_modules/a/${path}`, content])),
    '/m/node_modules/a/package.json': npm('a'),
  });
  const A = '/m/node_modules/a';

  it.each<readonly [string, LayerLiteral, string]>([
    [
      'zero bytes',
      { LICENSE: 'a\0b' },
      `PLM_NOTICE_UNREADABLE ${A}/LICENSE: it holds zero bytes and is no text: not in the notices`,
    ],
    [
      'too long a text',
      { LICENSE: 'x'.repeat(65) },
      `PLM_NOTICE_LIMIT ${A}/LICENSE: larger than 64 bytes: this text is not in the notices`,
    ],
    [
      'a packed text that grows',
      { 'NOTICE.gz': gzipSync('x'.repeat(1e6)).subarray(0) },
      `PLM_NOTICE_LIMIT ${A}/NOTICE.gz: larger than 64 bytes: this text is not in the notices`,
    ],
  ])('%s', async (_, files, problem) => {
    const notices = await noticesOf([layer(files)], { limits: withLimits({ noticeTextBytes: 64 }) });
    expect([textLines(notices), problemLines(notices)]).toEqual([[], [problem]]);
  });

  it('texts beyond what is held of all of them', async () => {
    const limits = withLimits({ noticesBytes: 10 });
    const notices = await noticesOf([layer({ COPYING: '1234567', LICENSE: '7654321', NOTICE: '1234567' })], { limits });
    expect([textLines(notices), problemLines(notices)]).toEqual([
      [`license "1234567" at ${A}/COPYING ${A}/NOTICE of pkg:npm/a@1.0.0`],
      [`PLM_NOTICE_LIMIT ${A}/LICENSE: the texts of the image have more than 10 bytes: this one is not in the notices`],
    ]);
  });

  it.each([
    [2, `PLM_NOTICE_LIMIT undefined: more than 2 files may hold texts: the others were not looked at`],
    [1, `PLM_NOTICE_LIMIT undefined: more than 1 files may hold texts: the others were not looked at`],
  ])('more files of texts than %d', async (listedFiles, problem) => {
    const files = layer({ COPYING: 'a', LICENSE: 'b', NOTICE: 'c' });
    const notices = await noticesOf([files], { limits: withLimits({ listedFiles }) });
    expect([notices.texts.length, problemLines(notices)]).toEqual([listedFiles, [problem]]);
  });

  it('members of jars beyond those that are listed', async () => {
    const jar = members({ ...pom('j'), COPYING: 'a', LICENSE: 'b', NOTICE: 'c' });
    const notices = await noticesOf([{ ...layer({}), '/j-1.jar': jar }], { limits: withLimits({ listedFiles: 2 }) });
    expect([notices.texts.length, problemLines(notices)]).toEqual([
      2,
      ['PLM_NOTICE_LIMIT undefined: 1 text beyond the 2 that are listed: not in the notices'],
    ]);
  });

  it('a text in a jar that is damaged or too long, and a jar that is too large', async () => {
    const damaged = Buffer.from(
      members({ ...pom('j'), LICENSE: 'a licence that is long enough to be packed '.repeat(9) }),
    );
    damaged.fill(0xff, damaged.indexOf('LICENSE') + 7, damaged.indexOf('LICENSE') + 20);
    const long = members({ ...pom('k'), LICENSE: 'x'.repeat(2000) });
    const limits = withLimits({ noticeTextBytes: 1000 });
    const notices = await noticesOf([{ ...layer({}), '/j-1.jar': damaged, '/k-1.jar': long }], { limits });
    expect([textLines(notices), problemLines(notices)]).toEqual([
      [],
      [
        'PLM_NESTED_DAMAGED /j-1.jar: member LICENSE is damaged and was not looked into',
        'PLM_NOTICE_LIMIT /k-1.jar!/LICENSE: larger than 1000 bytes: this text is not in the notices',
      ],
    ]);
  });

  it('a secret, which no report shows', async () => {
    const key = ['AKIA', 'QYLPMN5HHHFPZAM2'].join('');
    const notices = await noticesOf([layer({ LICENSE: `mine\nkey ${key}\n` })]);
    expect([textLines(notices), problemLines(notices)]).toEqual([
      [`license "mine\nkey ***\n" at ${A}/LICENSE of pkg:npm/a@1.0.0`],
      [`PLM_NOTICE_SECRET ${A}/LICENSE: the text holds a secret, which is written as ***`],
    ]);
  });
});

it('paths that hold a secret are written without it, wherever they stand', async () => {
  const key = ['AKIA', 'QYLPMN5HHHFPZAM2'].join('');
  const notices = await noticesOf([
    { [`/srv/${key}/LICENSE`]: 'mine', [`/srv/${key}/COPYING`]: '\0', '/srv/b/LICENSE': 'yours' },
  ]);
  expect([textLines(notices), problemLines(notices)]).toEqual([
    ['license "mine" at /srv/***/LICENSE of none', 'license "yours" at /srv/b/LICENSE of none'],
    ['PLM_NOTICE_UNREADABLE /srv/***/COPYING: it holds zero bytes and is no text: not in the notices'],
  ]);
});

describe('the gate', () => {
  const layers = [
    {
      '/m/node_modules/text/package.json': '{"name":"text","version":"1.0.0"}',
      '/m/node_modules/text/LICENSE': 'L',
      '/m/node_modules/declared/package.json': npm('declared'),
      '/m/node_modules/declared/AUTHORS': 'A',
      '/m/node_modules/unknown/package.json': '{"name":"unknown","version":"1.0.0"}',
      '/m/node_modules/unknown/AUTHORS': 'A',
    },
  ];

  it.each([
    ['license', '1 package with neither a licence text nor a declared licence', ['unknown']],
    ['text', '2 packages with no licence text', ['declared', 'unknown']],
  ] as const)('on %s says "%s": a list of authors is no licence', async (missing, message, names) => {
    const { gates } = await noticesOf(layers, { missing });
    const findings = names.map((name) => `pkg:npm/${name}@1.0.0`);
    expect(gates).toEqual([{ id: `missing-${missing}`, action: 'fail', passed: false, message, findings }]);
  });

  it.each([
    ['license', '0 packages with neither a licence text nor a declared licence, 1 package database damaged'],
    ['text', '0 packages with no licence text, 1 package database damaged'],
  ] as const)('on %s fails where a package database cannot be read: "%s"', async (missing, message) => {
    const { gates } = await noticesOf([{ '/var/lib/rpm/rpmdb.sqlite': 'no database' }], { missing });
    expect(gates).toEqual([{ id: `missing-${missing}`, action: 'fail', passed: false, message, findings: [] }]);
  });
});

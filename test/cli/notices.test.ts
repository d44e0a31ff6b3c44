import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { archive, type LayerLiteral, ociLayout, sha256Hex, temporaryFolder } from '../support/image-builder.ts';
import { type ProgramRun, ROOT, runSources } from '../support/run-plimsoll.ts';

const JAR = zipSync({
  'META-INF/maven/org.example/shop/pom.properties': strToU8('groupId=org.example\nartifactId=shop\nversion=2.0\n'),
  'META-INF/LICENSE.txt': strToU8('The Example Licence\n'),
  'META-INF/NOTICE.txt': strToU8('Shop, by Example\n'),
});

const GPL = '\tGNU GENERAL PUBLIC LICENSE\n\f\nVersion 3\n';

/** Debian, npm, Python and Java packages over two layers; zlib is known by its copyright file only, lost by nothing. */
const LAYERS: readonly LayerLiteral[] = [
  {
    '/etc/os-release': 'ID=debian\nVERSION_ID=12\n',
    '/var/lib/dpkg/status': ['bash', 'zlib1g', 'mystery']
      .map((name) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n`)
      .join('\n'),
    '/usr/share/doc/bash/copyright': 'Bash is free: /usr/share/common-licenses/GPL-3\n',
    '/usr/share/doc/zlib1g/copyright': '(C) Gailly and Adler\r\n',
    '/usr/share/common-licenses/GPL-3': GPL,
  },
  {
    '/app/node_modules/@s/left/package.json': '{"name":"@s/left","version":"1.2.3","license":"MIT"}',
    '/app/node_modules/@s/left/LICENSE': 'MIT, (c) <b>Left</b>\u001b[2J\n',
    '/app/node_modules/right/package.json': '{"name":"right","version":"0.1.0","license":"ISC"}',
    '/lib/site-packages/py-1.dist-info/METADATA':
      'Metadata-Version: 2.4\nName: py\nVersion: 1\nLicense: BSD-3-Clause\n',
    '/lib/site-packages/py-1.dist-info/licenses/LICENSE': '(C) Gailly and Adler\n',
    '/opt/shop-2.0.jar': JAR,
    '/opt/LICENSE': 'of nobody\n',
  },
];

function plimsoll(...args: readonly string[]): ProgramRun {
  using folder = temporaryFolder();
  const image = folder.write('image.tar', archive(ociLayout({ layers: LAYERS, tag: 'app:1' })));
  return runSources(args.map((word) => (word === 'IMAGE' ? image : word)));
}

const RULE = '='.repeat(80);
const TEXT = `THIRD-PARTY NOTICES

app:1  linux/amd64
7 packages: 5 with a licence text, 1 with a declared licence only, 1 of unknown licence. 7 different texts.

PACKAGES

  bash 1.0 (deb): GPL-3 [1, 2]
  @s/left 1.2.3 (npm): MIT [3]
  mystery 1.0 (deb): no licence declared
  py 1 (pypi): BSD-3-Clause [4]
  right 0.1.0 (npm): ISC
  org.example:shop 2.0 (maven): no licence declared [5, 6]
  zlib1g 1.0 (deb): no licence declared [4]

PACKAGES WITHOUT A LICENCE TEXT IN THE IMAGE

  right 0.1.0 (npm): ISC

PACKAGES WHOSE LICENCE IS NOT KNOWN

  mystery 1.0 (deb)

TEXTS

${RULE}
[1] /usr/share/common-licenses/GPL-3
  bash 1.0 (deb)
${RULE}

	GNU GENERAL PUBLIC LICENSE

Version 3

${RULE}
[2] /usr/share/doc/bash/copyright
  bash 1.0 (deb)
${RULE}

Bash is free: /usr/share/common-licenses/GPL-3

${RULE}
[3] /app/node_modules/@s/left/LICENSE
  @s/left 1.2.3 (npm)
${RULE}

MIT, (c) <b>Left</b>\\x1b[2J

${RULE}
[4] /lib/site-packages/py-1.dist-info/licenses/LICENSE and 1 other file
  py 1 (pypi)
  zlib1g 1.0 (deb)
${RULE}

(C) Gailly and Adler

${RULE}
[5] /opt/shop-2.0.jar!/META-INF/LICENSE.txt
  org.example:shop 2.0 (maven)
${RULE}

The Example Licence

${RULE}
[6] /opt/shop-2.0.jar!/META-INF/NOTICE.txt
  org.example:shop 2.0 (maven)
${RULE}

Shop, by Example

TEXTS OF NO PACKAGE THAT WAS FOUND

${RULE}
[7] /opt/LICENSE
${RULE}

of nobody
`;

describe('plimsoll notices', () => {
  it('writes every text once, with its packages, and what is missing', () => {
    expect(plimsoll('notices', 'IMAGE')).toEqual({ status: 0, stdout: TEXT, stderr: '' });
  });

  it('writes JSON by its schema, the same for any number of threads', () => {
    const { stdout } = plimsoll('notices', 'IMAGE', '--format', 'json', '--workers', '0');
    expect(plimsoll('notices', 'IMAGE', '--format', 'json', '--workers', '2').stdout).toBe(stdout);
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema', 'notices-1.schema.json'), 'utf8'));
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    const notices = JSON.parse(stdout);
    validate(notices);
    expect(validate.errors ?? []).toEqual([]);
    expect(notices.texts[0]).toEqual({
      id: `sha256:${sha256Hex(Buffer.from(GPL))}`,
      kind: 'license',
      files: [{ path: '/usr/share/common-licenses/GPL-3', layer: 0 }],
      packages: ['pkg:deb/debian/bash@1.0?arch=amd64'],
      text: GPL,
    });
  });

  it('writes pages that hold the texts as text', () => {
    expect(plimsoll('notices', 'IMAGE', '--format', 'html').stdout).toContain(
      '<pre>MIT, (c) &#60;b&#62;Left&#60;/b&#62;\\x1b[2J</pre>',
    );
    expect(plimsoll('notices', 'IMAGE', '--format', 'markdown').stdout).toContain(
      '- @s/left 1.2.3 \\(npm\\)\n\n```text\nMIT, (c) <b>Left</b>\\x1b[2J\n```\n'.replace('@s', '&#64;s'),
    );
  });

  it('writes files beside stdout', () => {
    using folder = temporaryFolder();
    const [page, list] = [join(folder.path, 'n.html'), join(folder.path, 'n.json')];
    expect(plimsoll('notices', 'IMAGE', '-o', `html=${page}`, '--output', `json=${list}`).stdout).toBe('');
    expect(readFileSync(page, 'utf8')).toContain('<h1>Third-party notices</h1>');
    expect(JSON.parse(readFileSync(list, 'utf8')).image.ref).toBe('app:1');
  });

  it.each([
    ['license', 'failed: gate missing-license: 1 package with neither a licence text nor a declared licence\n'],
    ['text', 'failed: gate missing-text: 2 packages with no licence text\n'],
  ])('ends with 1 for --fail-on-missing %s, and says why', (gate, stderr) => {
    expect(plimsoll('notices', 'IMAGE', '--fail-on-missing', gate)).toEqual({ status: 1, stdout: TEXT, stderr });
  });

  it('tells on stderr what is not in the document', () => {
    const { stderr } = plimsoll('notices', 'IMAGE', '--limit', 'noticeTextBytes=18');
    expect(stderr).toContain('warning: PLM_NOTICE_LIMIT: /usr/share/doc/bash/copyright: larger than 18 bytes');
    expect(plimsoll('notices', 'IMAGE', '--limit', 'noticeTextBytes=18', '--quiet').stderr).toBe('');
  });

  it.each([
    [['sbom:x.json'], 'PLM_USAGE: an SBOM has neither files nor layers to read'],
    [['IMAGE', '--format', 'pdf'], 'PLM_USAGE: this command has no format "pdf"; known: text, markdown, html, json'],
    [['IMAGE', '--fail-on-missing', 'all'], 'PLM_USAGE'],
    [[], 'PLM_USAGE'],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = plimsoll('notices', ...args);
    expect([status, stdout, stderr.slice(0, message.length)]).toEqual([2, '', message]);
  });

  it('reads a folder too', () => {
    using folder = temporaryFolder();
    folder.write('node_modules/a/package.json', Buffer.from('{"name":"a","version":"1.0.0","license":"MIT"}'));
    folder.write('node_modules/a/LICENSE', Buffer.from('MIT'));
    const { stdout } = runSources(['notices', `dir:${folder.path}`]);
    expect(stdout).toContain('  a 1.0.0 (npm): MIT [1]\n');
    expect(stdout).toContain(`[1] /node_modules/a/LICENSE\n  a 1.0.0 (npm)\n${RULE}\n\nMIT\n`);
  });
});

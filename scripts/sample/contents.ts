import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { SampleEntry, SampleLayer } from './oci-archive.ts';

/** Zip members carry local time (APPNOTE 4.4.6): a local date gives the same bytes in every time zone. */
const ZIP_OPTIONS = { mtime: new Date(2023, 10, 14, 22, 13, 20) };
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

interface SampleDeb {
  readonly name: string;
  readonly version: string;
  readonly source?: string;
  readonly files: readonly string[];
}

const BASE_DEBS: readonly SampleDeb[] = [
  { name: 'base-files', version: '12.4+deb12u5', files: ['/usr/lib/os-release'] },
  { name: 'libssl3', version: '3.0.11-1~deb12u1', source: 'openssl', files: ['/usr/lib/x86_64-linux-gnu/libssl.so.3'] },
  { name: 'liblzma5', version: '5.4.1-0.2', source: 'xz-utils', files: ['/usr/lib/x86_64-linux-gnu/liblzma.so.5'] },
  { name: 'zlib1g', version: '1:1.2.13.dfsg-1', source: 'zlib', files: ['/usr/lib/x86_64-linux-gnu/libz.so.1'] },
];
const TOOL_DEBS: readonly SampleDeb[] = [
  { name: 'openssl', version: '3.0.11-1~deb12u1', files: ['/usr/bin/openssl'] },
  { name: 'curl', version: '7.88.1-10+deb12u1', files: ['/usr/bin/curl'] },
  { name: 'sudo', version: '1.9.13p3-1+deb12u1', files: ['/usr/bin/sudo'] },
  {
    name: 'python3-minimal',
    version: '3.11.2-1+b1',
    source: 'python3-defaults (3.11.2-1)',
    files: ['/usr/bin/python3'],
  },
];
const GCC: SampleDeb = { name: 'gcc-12', version: '12.2.0-14', files: ['/usr/bin/x86_64-linux-gnu-gcc-12'] };

/** The layers of scripts/sample/Dockerfile: a small image with the faults that real ones have. Every credential is made up here. */
export function sampleLayers(): readonly SampleLayer[] {
  return [
    { createdBy: '/bin/sh -c #(nop) ADD file:4e1bca in / ', entries: baseEntries() },
    {
      createdBy: 'RUN /bin/sh -c apt-get update && apt-get install -y openssl curl python3 gcc # buildkit',
      entries: [
        status([...BASE_DEBS, ...TOOL_DEBS, GCC]),
        ...[...TOOL_DEBS, GCC].flatMap(debFiles),
        { path: 'var/lib/apt/lists/deb.example_dists_bookworm_InRelease', content: 'Origin: Debian\n' },
      ],
    },
    {
      createdBy: 'COPY app/node_modules /srv/app/node_modules # buildkit',
      entries: [
        nodePackage('lodash', '4.17.15'),
        nodePackage('minimist', '1.2.0'),
        nodePackage('express', '4.17.1', { minimist: '^1.2.0' }),
        nodePackage('ua-parser-js', '0.7.29'),
      ],
    },
    {
      createdBy: 'COPY app/harbour.jar /srv/app/harbour.jar # buildkit',
      entries: [{ path: 'srv/app/harbour.jar', content: fatJar() }],
    },
    {
      createdBy: 'COPY app/deploy.env /srv/app/.env # buildkit',
      entries: [{ path: 'srv/app/.env', content: deployEnv() }],
    },
    {
      createdBy: 'RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt # buildkit',
      entries: [pythonPackage('PyYAML', '5.3'), pythonPackage('Jinja2', '2.11.2'), pythonPackage('Django', '3.2.12')],
    },
    {
      createdBy: 'RUN /bin/sh -c rm /srv/app/.env && apt-get purge -y gcc # buildkit',
      entries: [
        { path: 'srv/app/.wh..env', content: '' },
        status([...BASE_DEBS, ...TOOL_DEBS]),
        ...GCC.files.map((path) => whiteout(path)),
        whiteout(`/var/lib/dpkg/info/${GCC.name}.list`),
      ],
    },
    {
      createdBy: 'RUN /bin/sh -c cd /srv/app && npm install lodash@4.17.21 # buildkit',
      entries: [nodePackage('lodash', '4.17.21')],
    },
  ];
}

export const SAMPLE_CONFIG = {
  Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', `DEPLOY_TOKEN=${githubToken('deploy')}`],
  Cmd: ['java', '-jar', '/srv/app/harbour.jar'],
  ExposedPorts: { '22/tcp': {}, '8080/tcp': {} },
  Labels: { 'org.opencontainers.image.title': 'harbour' },
};

function baseEntries(): readonly SampleEntry[] {
  return [
    { path: 'etc/os-release', symlink: '../usr/lib/os-release' },
    {
      path: 'usr/lib/os-release',
      content:
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n',
    },
    {
      path: 'etc/passwd',
      content: 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n',
    },
    status(BASE_DEBS),
    ...BASE_DEBS.filter((deb) => deb.name !== 'base-files').flatMap(debFiles),
  ];
}

function status(debs: readonly SampleDeb[]): SampleEntry {
  const stanzas = debs.map(({ name, version, source }) =>
    [
      `Package: ${name}`,
      'Status: install ok installed',
      'Architecture: amd64',
      ...(source === undefined ? [] : [`Source: ${source}`]),
      `Version: ${version}`,
      '',
    ].join('\n'),
  );
  return { path: 'var/lib/dpkg/status', content: `${stanzas.join('\n')}\n` };
}

function debFiles(deb: SampleDeb): readonly SampleEntry[] {
  const mode = deb.name === 'sudo' ? 0o4755 : 0o755;
  return [
    ...deb.files.map((path) => ({ path: path.slice(1), mode, content: `${deb.name} ${deb.version}\n`.repeat(200) })),
    { path: `var/lib/dpkg/info/${deb.name}.list`, content: `/.\n${deb.files.join('\n')}\n` },
  ];
}

function whiteout(path: string): SampleEntry {
  return { path: path.slice(1).replace(/([^/]+)$/, '.wh.$1'), content: '' };
}

function nodePackage(name: string, version: string, dependencies: Readonly<Record<string, string>> = {}): SampleEntry {
  const content = JSON.stringify({ name, version, license: 'MIT', dependencies }, null, 2);
  return { path: `srv/app/node_modules/${name}/package.json`, content };
}

function pythonPackage(name: string, version: string): SampleEntry {
  const content = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: BSD-3-Clause\n\n`;
  return { path: `usr/local/lib/python3.11/site-packages/${name}-${version}.dist-info/METADATA`, content };
}

function jar(group: string, artifact: string, version: string): Uint8Array {
  return zipSync(
    {
      'META-INF/MANIFEST.MF': strToU8(
        `Manifest-Version: 1.0\nImplementation-Title: ${artifact}\nImplementation-Version: ${version}\n`,
      ),
      [`META-INF/maven/${group}/${artifact}/pom.properties`]: strToU8(
        `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`,
      ),
    },
    ZIP_OPTIONS,
  );
}

function fatJar(): Uint8Array {
  return zipSync(
    {
      'META-INF/MANIFEST.MF': strToU8('Manifest-Version: 1.0\nMain-Class: org.example.Harbour\n'),
      'META-INF/maven/org.example/harbour/pom.properties': strToU8(
        'groupId=org.example\nartifactId=harbour\nversion=1.4.0\n',
      ),
      'BOOT-INF/lib/log4j-core-2.14.1.jar': jar('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
      'BOOT-INF/lib/spring-beans-5.3.17.jar': jar('org.springframework', 'spring-beans', '5.3.17'),
      'BOOT-INF/lib/commons-text-1.9.jar': jar('org.apache.commons', 'commons-text', '1.9'),
    },
    ZIP_OPTIONS,
  );
}

function deployEnv(): string {
  const key = Buffer.concat([
    // PKCS #8 (RFC 8410) head of an Ed25519 key; the seed follows
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    hash('sha256', 'plimsoll sample key', 'buffer'),
  ]).toString('base64');
  return [
    `AWS_ACCESS_KEY_ID=${['AK', 'IA'].join('')}${letters('aws id', 16, BASE32)}`,
    `AWS_SECRET_ACCESS_KEY=${letters('aws secret', 40, `${BASE62}+/`)}`,
    `GITHUB_TOKEN=${githubToken('env')}`,
    `SIGNING_KEY="${['-----BEGIN', 'PRIVATE KEY-----'].join(' ')}\\n${key}\\n${['-----END', 'PRIVATE KEY-----'].join(' ')}\\n"`,
    '',
  ].join('\n');
}

/** A made-up token whose checksum is right: 30 letters and their CRC-32 in base 62. */
function githubToken(seed: string): string {
  const body = letters(seed, 30, BASE62);
  let sum = crc32(body);
  let tail = '';
  for (let at = 0; at < 6; at += 1) {
    tail = `${BASE62[sum % 62]}${tail}`;
    sum = Math.floor(sum / 62);
  }
  return `${['gh', 'p_'].join('')}${body}${tail}`;
}

/** Letters that depend on the seed alone. */
function letters(seed: string, count: number, alphabet: string): string {
  const bytes = hash('sha512', `plimsoll sample ${seed}`, 'buffer');
  return Array.from({ length: count }, (_, at) => alphabet[(bytes[at % bytes.length] ?? 0) % alphabet.length]).join('');
}

import { describe, expect, it } from 'vitest';
import type { CheckInput } from '../../src/checks/image-check.ts';
import { IMAGE_CHECKS } from '../../src/checks/registry.generated.ts';
import type { Secret } from '../../src/model/secret.ts';
import { checkInput, historyOf, imageConfig } from './check-input.ts';

const notable = { path: '/x', layer: 2, state: 'present', mode: '4755', detail: 'setuid' } as const;
const noFiles = checkInput().files;

function secretIn(source: Secret['source']): Secret {
  return { ruleId: 'aws-key', verdict: 'proven', source, name: 'KEY', match: 'AKIA…', fingerprint: 'f1' };
}

function run(id: string, input: CheckInput): readonly unknown[] {
  const check = IMAGE_CHECKS.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.run(input);
}

function fact(name: string, value: string): Partial<CheckInput> {
  return { facts: [{ name, value, path: '/p', layer: 1 }] };
}

const FAILING: readonly (readonly [string, string, Partial<CheckInput>, readonly unknown[]])[] = [
  ['PLM-C001', 'no user', { config: imageConfig({ user: '' }) }, [{ evidence: 'the configuration names no user' }]],
  ['PLM-C001', 'uid 0', { config: imageConfig({ user: '0:5' }) }, [{ evidence: 'the configuration sets the user 0' }]],
  [
    'PLM-C002',
    'port 22',
    { config: imageConfig({ exposedPorts: ['80/tcp', '22/tcp'] }) },
    [{ evidence: 'port 22/tcp is exposed' }],
  ],
  [
    'PLM-C003',
    'ENV secret',
    { secrets: [secretIn('env'), secretIn('file')] },
    [{ evidence: 'env KEY holds what rule aws-key finds', secret: 'f1' }],
  ],
  [
    'PLM-C004',
    'history secret',
    { secrets: [secretIn('history')] },
    [{ evidence: 'history KEY holds what rule aws-key finds', secret: 'f1' }],
  ],
  [
    'PLM-C005',
    'setuid file',
    { files: { ...noFiles, setuid: [notable, { ...notable, state: 'deleted' }] } },
    [{ evidence: 'setuid, mode 4755', layer: 2, path: '/x' }],
  ],
  [
    'PLM-C006',
    'capability',
    { files: { ...noFiles, capabilities: [{ ...notable, detail: 'cap_net_raw=ep' }] } },
    [{ evidence: 'cap_net_raw=ep', layer: 2, path: '/x' }],
  ],
  [
    'PLM-C007',
    'none',
    { config: imageConfig({ healthcheck: ['NONE'] }) },
    [{ evidence: 'HEALTHCHECK is switched off' }],
  ],
  [
    'PLM-C008',
    'classic ADD',
    { config: historyOf('/bin/sh -c #(nop) ADD file:1 in / ', '/bin/sh -c #(nop) ADD dir:2 in /app') },
    [{ evidence: 'history entry 1 (ADD)', layer: 1 }],
  ],
  [
    'PLM-C008',
    'BuildKit ADD',
    { config: historyOf('COPY a b # buildkit', 'ADD x.tgz /app # buildkit') },
    [{ evidence: 'history entry 1 (ADD)', layer: 1 }],
  ],
  [
    'PLM-C009',
    'update alone',
    { config: historyOf('RUN /bin/sh -c apt-get update # buildkit') },
    [{ evidence: 'history entry 0 (RUN): update without install', layer: 0 }],
  ],
  [
    'PLM-C010',
    'apt lists',
    { hasPath: (path) => path === '/var/lib/apt/lists/lock' },
    [{ evidence: 'a package manager keeps its cache here', path: '/var/lib/apt/lists/lock' }],
  ],
  [
    'PLM-C010',
    'index of apk',
    fact('package-cache', 'downloaded package index'),
    [{ evidence: 'downloaded package index', layer: 1, path: '/p' }],
  ],
  [
    'PLM-C011',
    'sudo',
    { config: historyOf('|1 A=b /bin/sh -c cd /x && sudo make') },
    [{ evidence: 'history entry 0 (RUN)', layer: 0 }],
  ],
  [
    'PLM-C012',
    'latest base',
    { config: imageConfig({ labels: { 'org.opencontainers.image.base.name': 'r:5000/debian' } }) },
    [{ evidence: 'label org.opencontainers.image.base.name names no fixed version' }],
  ],
  [
    'PLM-C013',
    'world-writable',
    {
      files: {
        ...noFiles,
        worldWritable: [
          { ...notable, mode: '777', detail: 'directory' },
          { ...notable, mode: '1777' },
        ],
      },
    },
    [{ evidence: 'directory, mode 777', layer: 2, path: '/x' }],
  ],
  [
    'PLM-C014',
    'volume /etc/',
    { config: imageConfig({ volumes: ['/data', '/etc/'] }) },
    [{ evidence: 'declared as a volume', path: '/etc/' }],
  ],
  [
    'PLM-C015',
    'git',
    fact('version-control', 'a Git repository'),
    [{ evidence: 'a Git repository', layer: 1, path: '/p' }],
  ],
  ['PLM-C016', 'Dockerfile', fact('build-file', 'needed'), [{ evidence: 'needed', layer: 1, path: '/p' }]],
  [
    'PLM-C017',
    'empty password',
    fact('account-empty-password', 'bob'),
    [{ evidence: 'account bob', layer: 1, path: '/p' }],
  ],
  ['PLM-C018', 'shared number', fact('account-duplicate', 'a and b'), [{ evidence: 'a and b', layer: 1, path: '/p' }]],
  [
    'PLM-C019',
    'dist-upgrade',
    { config: historyOf('RUN apt-get -y dist-upgrade') },
    [{ evidence: 'history entry 0 (RUN)', layer: 0 }],
  ],
  [
    'PLM-C020',
    'gcc',
    { hasPath: (path) => path === '/usr/bin/gcc' },
    [{ evidence: 'a build tool', path: '/usr/bin/gcc' }],
  ],
  ['PLM-C021', 'sh', { hasPath: (path) => path === '/bin/sh' }, [{ evidence: 'a shell', path: '/bin/sh' }]],
  [
    'PLM-C022',
    'curl to sh',
    { config: historyOf('RUN curl -fsSL x | sudo -E bash -') },
    [{ evidence: 'history entry 0 (RUN): a download is piped into a shell', layer: 0 }],
  ],
  [
    'PLM-C023',
    'device',
    { files: { ...noFiles, devices: [{ ...notable, detail: 'block 8:0', mode: '660' }] } },
    [{ evidence: 'block 8:0, mode 660', layer: 2, path: '/x' }],
  ],
  ['PLM-C024', 'relative directory', { config: imageConfig({ workingDir: 'app' }) }, [{ evidence: 'WORKDIR app' }]],
  [
    'PLM-C025',
    'changed file',
    {
      files: {
        ...noFiles,
        integrity: {
          checked: 2,
          withoutDigest: 0,
          modified: [
            { path: '/x', layer: 2, packageId: 'p', algorithm: 'md5', expected: '1'.repeat(32), found: '2'.repeat(32) },
            { path: '/y', layer: 1, packageId: 'p', algorithm: 'md5', expected: '1'.repeat(32) },
          ],
        },
      },
    },
    [
      { evidence: 'md5 222222222222, not 111111111111 of p', layer: 2, path: '/x' },
      { evidence: 'no file where p installed md5 111111111111', layer: 1, path: '/y' },
    ],
  ],
  [
    'PLM-C026',
    'known bad file',
    {
      files: {
        ...noFiles,
        known: [
          { path: '/x', layer: 2, state: 'present', algorithm: 'md5', digest: '1'.repeat(32), name: 'miner' },
          { path: '/y', layer: 0, state: 'deleted', removedIn: 2, algorithm: 'md5', digest: '2'.repeat(32), name: '' },
        ],
      },
    },
    [
      { evidence: 'miner, md5 111111111111', layer: 2, path: '/x' },
      { evidence: 'listed, md5 222222222222, deleted later', layer: 0, path: '/y' },
    ],
  ],
];

describe('image checks', () => {
  for (const [id, name, fields, expected] of FAILING) {
    it(`${id} fails on ${name}`, () => expect(run(id, checkInput(fields))).toEqual(expected));
  }

  it('every check is shown failing above', () => {
    expect([...new Set(FAILING.map(([id]) => id))]).toEqual(IMAGE_CHECKS.map((check) => check.id).sort());
  });

  for (const check of IMAGE_CHECKS) {
    it(`${check.id} passes on an image that does all of it right`, () => expect(check.run(checkInput())).toEqual([]));
  }

  it('update followed by install in one instruction passes', () => {
    expect(run('PLM-C009', checkInput({ config: historyOf('RUN apt-get update && apt-get install -y x') }))).toEqual(
      [],
    );
  });

  it('no evidence repeats the text of an instruction', () => {
    const config = historyOf(
      'RUN curl https://u:s3cr3t@h/x | sh',
      'ADD https://u:s3cr3t@h/x /a',
      'RUN sudo TOKEN=s3cr3t make',
      'RUN apt-get update # s3cr3t',
    );
    expect(JSON.stringify(IMAGE_CHECKS.map((check) => check.run(checkInput({ config }))))).not.toContain('s3cr3t');
  });

  it('an SBOM is not blamed for a missing configuration', () => {
    const input = checkInput({ configMissing: true, config: imageConfig({ user: '', healthcheck: [] }) });
    expect(IMAGE_CHECKS.flatMap((check) => check.run(input))).toEqual([]);
  });
});

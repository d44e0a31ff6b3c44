import { describe, expect, test } from 'vitest';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { encodeEpss } from '../../src/bundle/sections/epss.ts';
import { encodeKev } from '../../src/bundle/sections/kev.ts';
import { withLimits } from '../../src/limits.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { Advisory } from '../../src/model/advisory.ts';
import type { Distro } from '../../src/model/distro.ts';
import type { Package } from '../../src/model/package.ts';
import { advisory, affectedUntil, installed } from '../support/advisories.ts';
import { memoryBundle } from '../support/memory-bundle.ts';

const DEBIAN: Distro = { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian GNU/Linux 12' };
const ALPINE: Distro = { id: 'alpine', versionId: '3.18.4', idLike: [], prettyName: 'Alpine Linux v3.18' };
const ALMA: Distro = { id: 'almalinux', versionId: '9.3', idLike: ['rhel'], prettyName: 'AlmaLinux 9.3' };

function match(advisories: readonly Advisory[], packages: readonly Package[], distro?: Distro) {
  const builder = new IndexBuilder();
  for (const one of advisories) builder.add(one);
  return matchPackages({ packages, distro, bundle: memoryBundle(builder.finish()) });
}

/** `id package: advisories` of every finding, with what suppresses it. */
function summary(advisories: readonly Advisory[], packages: readonly Package[], distro?: Distro): readonly string[] {
  return match(advisories, packages, distro).vulnerabilities.map(
    ({ id, packageId, advisories: records, suppressed }) => {
      const why = suppressed === undefined ? '' : ` [${suppressed.reason}]`;
      return `${id} ${packageId}: ${records.map((record) => record.id).join(' ')}${why}`;
    },
  );
}

describe('names and versions that are looked up', () => {
  test('not those of system libraries that a wheel bundles: they come from another system', () => {
    const record = advisory({
      id: 'ALSA-1',
      source: 'osv/AlmaLinux',
      affected: [affectedUntil('AlmaLinux:9', 'krb5-libs', '1.21.1-1.el9')],
    });
    const library = installed({ type: 'rpm', namespace: 'centos', name: 'krb5-libs', version: '1.15.1-55.el7_9' });
    const bundled = { ...library, properties: { bundled: 'true' } };
    expect(summary([record], [library], ALMA)).toEqual([`ALSA-1 ${library.id}: ALSA-1`]);
    const { vulnerabilities, problems } = match([record], [bundled], ALMA);
    expect(vulnerabilities).toEqual([]);
    expect(problems.map(({ detail }) => detail)).toEqual([
      'The bundle has no advisories for bundled rpm packages: 1 package was not judged.',
    ]);
  });

  test('Debian: the source package and its version', () => {
    const pkg = installed({
      type: 'deb',
      name: 'libldb2',
      version: '2:2.2.3+samba4.13.13',
      source: { name: 'samba', version: '2:4.13.13' },
    });
    const record = advisory({
      id: 'DSA-1-1',
      source: 'osv/Debian',
      upstream: ['CVE-2026-1'],
      affected: [affectedUntil('Debian:12', 'samba', '2:4.13.14')],
    });
    const [finding] = match([record], [pkg], DEBIAN).vulnerabilities;
    expect(finding?.reasons).toEqual([
      {
        searched: 'source',
        name: 'samba',
        segment: 'Debian:12',
        scheme: 'dpkg',
        version: '2:4.13.13',
        range: '< 2:4.13.14',
        advisory: 'DSA-1-1',
      },
    ]);
    expect([finding?.id, finding?.status, finding?.fixedIn]).toEqual(['CVE-2026-1', 'fixed', ['2:4.13.14']]);
  });

  test('Alpine: the origin, in the branch of the repository', () => {
    const pkg = installed({
      type: 'apk',
      name: 'libssl1.1',
      version: '1.1.1u-r1',
      source: { name: 'openssl1.1-compat', version: '1.1.1u-r1' },
    });
    const records = [
      advisory({ id: 'ALPINE-1', affected: [affectedUntil('Alpine:v3.18', 'openssl', '9.0-r0')] }),
      advisory({ id: 'ALPINE-2', affected: [affectedUntil('Alpine:v3.18', 'openssl1.1-compat', '1.1.1u-r2')] }),
      advisory({ id: 'ALPINE-3', affected: [affectedUntil('Alpine:edge', 'openssl1.1-compat', '1.1.1u-r3')] }),
    ];
    expect(summary(records, [pkg], ALPINE)).toEqual([`ALPINE-2 ${pkg.id}: ALPINE-2`]);
    expect(summary(records, [pkg], { ...ALPINE, properties: { repository: 'edge' } })).toEqual([
      `ALPINE-3 ${pkg.id}: ALPINE-3`,
    ]);
  });

  test('rpm: the binary name, never the source package', () => {
    const pkg = installed({
      type: 'rpm',
      name: 'perl-Errno',
      version: '1.30-480.el9',
      source: { name: 'perl', version: '5.32.1-480.el9' },
    });
    const record = advisory({ id: 'ALSA-1', affected: [affectedUntil('AlmaLinux:9', 'perl', '4:5.32.1-481.el9')] });
    expect(summary([record], [pkg], ALMA)).toEqual([]);
  });

  test('languages: namespace and name as their ecosystem writes them', () => {
    const packages = [
      installed({ type: 'npm', namespace: '@babel', name: 'traverse', version: '7.0.0' }),
      installed({ type: 'maven', namespace: 'org.example', name: 'core', version: '1.0' }),
      installed({ type: 'golang', namespace: 'github.com/Acme', name: 'lib', version: 'v1.0.0' }),
      installed({ type: 'pypi', name: 'Zope.Interface', version: '1.0' }),
      installed({ type: 'golang', name: 'stdlib', version: 'go1.20.1' }),
      installed({ type: 'gem', name: 'nokogiri', version: '1.15.0-x86_64-linux' }),
    ];
    const records = [
      advisory({ id: 'A-1', affected: [affectedUntil('npm', '@babel/traverse', '7.1.0')] }),
      advisory({ id: 'A-2', affected: [affectedUntil('Maven', 'org.example:core', '1.1')] }),
      advisory({ id: 'A-3', affected: [affectedUntil('Go', 'github.com/Acme/lib', '1.1.0')] }),
      advisory({ id: 'A-4', affected: [affectedUntil('PyPI', 'zope_interface', '1.1')] }),
      advisory({ id: 'A-5', affected: [affectedUntil('Go', 'stdlib', '1.20.2')] }),
      advisory({ id: 'A-6', affected: [affectedUntil('RubyGems', 'nokogiri', '1.15.1')] }),
    ];
    expect(summary(records, packages).map((line) => line.slice(0, 3))).toEqual([
      'A-1',
      'A-2',
      'A-3',
      'A-4',
      'A-5',
      'A-6',
    ]);
  });

  test('programs without a package: by name among the Bitnami components, their version read as semantic', () => {
    const packages = ['3.12.0rc1', '3.12.0', '1.9.3p551'].map((version) =>
      installed({ type: 'generic', name: 'python', version }),
    );
    const record = advisory({ id: 'BIT-1', affected: [affectedUntil('Bitnami', 'python', '3.12.0')] });
    const found = match([record], packages).vulnerabilities.map(({ reasons: [reason] }) => [
      reason.searched,
      reason.version,
    ]);
    expect(found).toEqual([
      ['classifier', '1.9.3'],
      ['classifier', '3.12.0-rc.1'],
    ]);
  });

  test('rows of another vendor or release are never applied', () => {
    const pkg = installed({ type: 'rpm', name: 'curl', version: '7.0-1.el9' });
    const record = advisory({
      id: 'RHSA-1',
      affected: [
        affectedUntil('Red Hat:enterprise_linux:9::baseos', 'curl', '8.0-1.el9'),
        affectedUntil('AlmaLinux:8', 'curl', '8.0-1.el8'),
      ],
    });
    expect(summary([record], [pkg], ALMA)).toEqual([]);
  });
});

describe('findings', () => {
  const lodash = installed({ type: 'npm', name: 'lodash', version: '4.17.0' });
  const until = (fixed: string) => [affectedUntil('npm', 'lodash', fixed)];

  test('records with a common alias are one finding that lists them all', () => {
    const records = [
      advisory({ id: 'GHSA-1', aliases: ['CVE-2026-1'], affected: until('4.17.5') }),
      advisory({ id: 'NSWG-1', aliases: ['CVE-2026-1'], affected: until('4.17.4') }),
      advisory({ id: 'GHSA-2', aliases: ['CVE-2026-10'], affected: until('4.17.9') }),
    ];
    expect(summary(records, [lodash])).toEqual([
      `CVE-2026-1 ${lodash.id}: GHSA-1 NSWG-1`,
      `CVE-2026-10 ${lodash.id}: GHSA-2`,
    ]);
  });

  test('related records stay apart', () => {
    const records = [
      advisory({ id: 'GHSA-1', related: ['GHSA-2'], affected: until('5.0.0') }),
      advisory({ id: 'GHSA-2', related: ['GHSA-1'], affected: until('5.0.0') }),
    ];
    expect(summary(records, [lodash])).toEqual([`GHSA-1 ${lodash.id}: GHSA-1`, `GHSA-2 ${lodash.id}: GHSA-2`]);
  });

  test('a distribution advisory is one finding for each CVE it covers', () => {
    const pkg = installed({ type: 'rpm', name: 'curl', version: '7.0-1.el9' });
    const affected = [affectedUntil('AlmaLinux:9', 'curl', '8.0-1.el9')];
    const records = [
      advisory({ id: 'ALSA-1', related: ['CVE-2026-1', 'CVE-2026-2'], affected }),
      advisory({ id: 'ALSA-2', related: ['CVE-2026-2'], affected }),
    ];
    expect(summary(records, [pkg], ALMA)).toEqual([
      `CVE-2026-1 ${pkg.id}: ALSA-1`,
      `CVE-2026-2 ${pkg.id}: ALSA-1 ALSA-2`,
    ]);
  });

  test('severity comes from the newest vector, else from a word, else it is unknown', () => {
    const v2 = { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' } as const;
    const v3 = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } as const;
    const v4 = { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:P/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' } as const;
    const records = [
      advisory({ id: 'A-1', severity: [v2, v3, v4], affected: until('5.0.0') }),
      advisory({ id: 'A-2', severity: [v2, v3], severityWord: 'LOW', affected: until('5.0.0') }),
      advisory({ id: 'A-3', severityWord: 'Moderate', affected: until('5.0.0') }),
      advisory({ id: 'A-4', affected: until('5.0.0') }),
      advisory({ id: 'A-5', severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:Q' }], affected: until('5.0.0') }),
    ];
    const { vulnerabilities } = match(records, [lodash]);
    expect(vulnerabilities.map(({ id, severity, cvss }) => [id, severity, cvss?.map(({ score }) => score)])).toEqual([
      ['A-2', 'critical', [9.8, 7.5]],
      ['A-1', 'high', [7.5, 9.8, 7.5]],
      ['A-3', 'medium', undefined],
      ['A-4', 'unknown', undefined],
      ['A-5', 'unknown', undefined],
    ]);
  });

  test('known exploitation and its probability are found by CVE id', () => {
    const builder = new IndexBuilder();
    builder.add(advisory({ id: 'GHSA-1', aliases: ['CVE-2026-1000'], affected: until('5.0.0') }));
    const bundle = memoryBundle(
      [
        ...builder.finish(),
        { type: 'kev', key: '', bytes: encodeKev([{ cve: 'CVE-2026-1000', added: '2026-02-03', ransomware: true }]) },
        { type: 'epss', key: '', bytes: encodeEpss([{ cve: 'CVE-2026-1000', score: 0.5, percentile: 0.9 }]) },
      ],
      { sources: [{ id: 'epss', capturedAt: '2026-10-31', records: 1 }] },
    );
    const [finding] = matchPackages({ packages: [lodash], distro: undefined, bundle }).vulnerabilities;
    expect([finding?.kev, finding?.epss?.date, finding?.epss?.score.toFixed(3)]).toEqual([
      { dateAdded: '2026-02-03', ransomware: true },
      '2026-10-31',
      '0.500',
    ]);
  });

  test('a version that cannot be compared is undecided, not dropped', () => {
    const pkg = installed({ type: 'golang', namespace: 'github.com/acme', name: 'lib', version: '(devel)' });
    const [finding] = match(
      [advisory({ id: 'GO-1', affected: [affectedUntil('Go', 'github.com/acme/lib', '1.1.0')] })],
      [pkg],
    ).vulnerabilities;
    expect([finding?.status, finding?.reasons[0].range]).toEqual(['undecided', 'not comparable with < 1.1.0']);
  });

  test('what the distribution does about it is the status where there is no fix', () => {
    const pkg = installed({ type: 'deb', name: 'curl', version: '7.0-1' });
    const row = {
      ecosystem: 'Debian:12',
      name: 'curl',
      versions: [],
      ranges: [{ type: 'ECOSYSTEM' as const, events: [{ introduced: '0' }] }],
    };
    const records = ['end-of-life', 'ignored', 'no-dsa', 'not-affected'].map((status, i) =>
      advisory({ id: `DEBIAN-CVE-2026-${i}`, affected: [{ ...row, qualifiers: { status } }] }),
    );
    const found = match(records, [pkg], DEBIAN).vulnerabilities;
    expect(found.map(({ status }) => status)).toEqual(['end-of-life', 'wont-fix', 'deferred']);
  });

  test('the fix plan takes the nearest version that clears the most findings', () => {
    const records = [
      advisory({ id: 'A-1', affected: until('4.17.5') }),
      advisory({ id: 'A-2', affected: until('4.17.9') }),
      advisory({
        id: 'A-3',
        affected: [
          { ...affectedUntil('npm', 'lodash', '9'), ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
        ],
      }),
      advisory({
        id: 'A-4',
        affected: [
          {
            ...affectedUntil('npm', 'lodash', '9'),
            ranges: [
              {
                type: 'SEMVER',
                events: [{ introduced: '0' }, { fixed: '4.17.2' }, { introduced: '4.17.8' }, { fixed: '4.17.9' }],
              },
            ],
          },
        ],
      }),
    ];
    expect(match(records, [lodash]).fixPlan).toEqual([
      { packageId: lodash.id, from: '4.17.0', to: '4.17.9', clears: ['A-1', 'A-2', 'A-4'], layer: 0 },
    ]);
  });
});

describe('what is kept and does not count', () => {
  const until = (name: string) => [affectedUntil('Debian:12', name, '9-1')];

  test('kernel headers', () => {
    const headers = installed({
      type: 'deb',
      name: 'linux-libc-dev',
      version: '6.1-1',
      source: { name: 'linux', version: '6.1-1' },
    });
    const image = installed({
      type: 'deb',
      name: 'linux-image-6.1',
      version: '6.1+1',
      source: { name: 'linux-signed-amd64', version: '6.1+1' },
    });
    const record = advisory({ id: 'DSA-1-1', affected: until('linux') });
    expect(summary([record], [headers, image], DEBIAN)).toEqual([
      `DSA-1-1 ${image.id}: DSA-1-1`,
      `DSA-1-1 ${headers.id}: DSA-1-1 [kernel-headers]`,
    ]);
  });

  test('packages of a language that the distribution owns, where it has advisories', () => {
    const owner = installed({ type: 'deb', name: 'python3-yaml', version: '6-1' });
    const owned = installed({ type: 'pypi', name: 'pyyaml', version: '5.0', ownedBy: owner.id });
    const records = [
      advisory({ id: 'PYSEC-1', affected: [affectedUntil('PyPI', 'pyyaml', '5.4')] }),
      advisory({ id: 'DSA-1-1', affected: until('something') }),
    ];
    expect(summary(records, [owner, owned], DEBIAN)).toEqual([`PYSEC-1 ${owned.id}: PYSEC-1 [owned-by-os]`]);
    expect(summary(records.slice(0, 1), [owner, owned], DEBIAN)).toEqual([`PYSEC-1 ${owned.id}: PYSEC-1`]);
  });

  test('flaws the distribution says never were in its package, nor in what it owns', () => {
    const owner = installed({ type: 'apk', name: 'py3-yaml', version: '6-r1' });
    const owned = installed({ type: 'pypi', name: 'pyyaml', version: '5.0', ownedBy: owner.id });
    const records = [
      advisory({ id: 'PYSEC-1', aliases: ['CVE-2026-1'], affected: [affectedUntil('PyPI', 'pyyaml', '5.4')] }),
      advisory({
        id: 'ALPINE-CVE-2026-1',
        upstream: ['CVE-2026-1'],
        affected: [affectedUntil('Alpine:v3.18', 'py3-yaml', '0')],
      }),
    ];
    expect(summary(records, [owner, owned], ALPINE)).toEqual([`CVE-2026-1 ${owned.id}: PYSEC-1 [distro-verdict]`]);
  });

  test('notices about upkeep', () => {
    const pkg = installed({ type: 'cargo', name: 'bincode', version: '1.3.3' });
    const row = (informational: string) => [
      { ...affectedUntil('crates.io', 'bincode', '9.0.0'), qualifiers: { informational } },
    ];
    const records = [
      advisory({ id: 'RUSTSEC-1', affected: row('unmaintained') }),
      advisory({ id: 'RUSTSEC-2', affected: row('unsound') }),
    ];
    expect(summary(records, [pkg])).toEqual([
      `RUSTSEC-1 ${pkg.id}: RUSTSEC-1 [informational]`,
      `RUSTSEC-2 ${pkg.id}: RUSTSEC-2`,
    ]);
  });
});

test('an advisory of bug fixes that names no CVE is kept and does not count', () => {
  const pkg = installed({ type: 'rpm', name: 'bash', version: '5.0-1.el9' });
  const affected = [affectedUntil('AlmaLinux:9', 'bash', '5.1-1.el9')];
  const records = [
    advisory({ id: 'ALBA-2026:1', affected }),
    advisory({ id: 'ALBA-2026:2', related: ['CVE-2026-1'], affected }),
  ];
  expect(summary(records, [pkg], ALMA)).toEqual([
    `ALBA-2026:1 ${pkg.id}: ALBA-2026:1 [informational]`,
    `CVE-2026-1 ${pkg.id}: ALBA-2026:2`,
  ]);
});

test('Ubuntu Pro decides about what it has, the release about the rest', () => {
  const pkg = installed({ type: 'deb', name: 'curl', version: '7.0-1ubuntu1+esm1' });
  const open = (ecosystem: string) => ({
    ecosystem,
    name: 'curl',
    versions: [],
    ranges: [{ type: 'ECOSYSTEM' as const, events: [{ introduced: '0' }] }],
  });
  const records = [
    advisory({
      id: 'UBUNTU-1',
      affected: [open('Ubuntu:22.04:LTS'), affectedUntil('Ubuntu:Pro:22.04:LTS', 'curl', '7.0-1ubuntu1+esm1')],
    }),
    advisory({ id: 'UBUNTU-2', affected: [affectedUntil('Ubuntu:22.04:LTS', 'curl', '7.0-1ubuntu2')] }),
  ];
  const jammy: Distro = { id: 'ubuntu', versionId: '22.04', idLike: ['debian'], prettyName: 'Ubuntu 22.04' };
  expect(summary(records, [pkg], { ...jammy, properties: { esm: 'infra' } })).toEqual([`UBUNTU-2 ${pkg.id}: UBUNTU-2`]);
  expect(summary(records, [pkg], jammy)).toEqual([`UBUNTU-1 ${pkg.id}: UBUNTU-1`, `UBUNTU-2 ${pkg.id}: UBUNTU-2`]);
});

describe('rpm modules and architectures', () => {
  const row = (fixed: string, qualifiers?: Readonly<Record<string, string>>) => [
    { ...affectedUntil('AlmaLinux:9', 'nodejs', fixed), ...(qualifiers === undefined ? {} : { qualifiers }) },
  ];
  const plain = installed({ type: 'rpm', name: 'nodejs', version: '1:16.0-1.el9', arch: 'x86_64' });
  const modular = installed({
    type: 'rpm',
    name: 'nodejs',
    version: '1:18.0-1.module_el9.2',
    arch: 'x86_64',
    properties: { modularitylabel: 'nodejs:18:9020:abc' },
  });

  test('a modular fix speaks only about modular builds', () => {
    const record = advisory({ id: 'ALSA-1', affected: row('1:20.0-1.module_el9.2') });
    expect(summary([record], [plain, modular], ALMA)).toEqual([`ALSA-1 ${modular.id}: ALSA-1`]);
  });

  test('a row of one stream speaks only about that stream', () => {
    const records = ['nodejs:18', 'nodejs:20'].map((module) =>
      advisory({ id: `ALSA-${module}`, affected: row('1:20.0-1.module_el9.2', { module }) }),
    );
    expect(summary(records, [plain, modular], ALMA)).toEqual([`ALSA-nodejs:18 ${modular.id}: ALSA-nodejs:18`]);
  });

  test('a row of another architecture is left out', () => {
    const records = ['aarch64', 'x86_64', 'noarch'].map((arch) =>
      advisory({ id: `ALSA-${arch}`, affected: row('1:17.0-1.el9', { arch }) }),
    );
    expect(summary(records, [plain], ALMA)).toEqual([
      `ALSA-noarch ${plain.id}: ALSA-noarch`,
      `ALSA-x86_64 ${plain.id}: ALSA-x86_64`,
    ]);
  });
});

describe('coverage', () => {
  const pkg = installed({ type: 'deb', name: 'curl', version: '7.0-1' });
  const record = advisory({
    id: 'DSA-1-1',
    source: 'osv/Debian',
    affected: [affectedUntil('Debian:12', 'curl', '6.0-1')],
  });

  test('a release with advisories is covered, and the feed is named', () => {
    const result = match([record], [pkg], DEBIAN);
    expect([result.coverage.os, result.sourcesUsed, result.problems]).toEqual(['covered', ['osv/Debian'], []]);
  });

  test('a release without advisories is no clean result', () => {
    const result = match([record], [pkg], { ...DEBIAN, versionId: '13', prettyName: 'Debian GNU/Linux 13' });
    expect([result.coverage.os, result.problems]).toEqual([
      'noData',
      [
        {
          code: 'PLM_COVERAGE_OS',
          detail: 'The bundle has no advisories for Debian GNU/Linux 13: 1 package was not judged.',
        },
      ],
    ]);
  });

  test('an ecosystem without advisories is a problem', () => {
    const result = match([record], [installed({ type: 'npm', name: 'x', version: '1.0.0' })]);
    expect([result.coverage.ecosystems, result.problems.map(({ code }) => code)]).toEqual([
      { npm: 'noData' },
      ['PLM_COVERAGE_ECOSYSTEM'],
    ]);
  });

  test('packages that nothing could be said about are listed, owned ones with their owner', () => {
    const conda = installed({ type: 'conda', name: 'numpy', version: '1.0' });
    const gem = installed({ type: 'gem', name: 'rack', version: '2.0.0' });
    const owned = { ...installed({ type: 'pypi', name: 'six', version: '1.0' }), ownedBy: pkg.id };
    const result = match([record], [pkg, conda, gem, owned], DEBIAN);
    expect([result.coverage, result.problems]).toEqual([
      {
        os: 'covered',
        ecosystems: { PyPI: 'noData', RubyGems: 'noData' },
        unjudged: [
          { missing: 'RubyGems', packageIds: [gem.id] },
          { missing: 'conda', packageIds: [conda.id] },
        ],
      },
      [
        {
          code: 'PLM_COVERAGE_ECOSYSTEM',
          detail: 'The bundle has no advisories for RubyGems packages: 1 package was not judged.',
        },
        {
          code: 'PLM_COVERAGE_ECOSYSTEM',
          detail: 'The bundle has no advisories for conda packages: 1 package was not judged.',
        },
      ],
    ]);
  });

  test('a derivative is judged by its parent and marked', () => {
    const affected = { ...record, affected: [affectedUntil('Debian:12', 'curl', '8.0-1')] };
    const result = match([affected], [pkg], { ...DEBIAN, id: 'raspbian', prettyName: 'Raspbian 12' });
    expect([result.vulnerabilities[0]?.reasons[0].derivedFrom, result.problems.map(({ code }) => code)]).toEqual([
      'Debian',
      ['PLM_COVERAGE_DERIVED'],
    ]);
  });
});

test('more flaws than are kept in memory are refused, not left out', () => {
  const builder = new IndexBuilder();
  for (const id of ['GHSA-1', 'GHSA-2'])
    builder.add(advisory({ id, source: 'osv/npm', affected: [affectedUntil('npm', 'a', '2.0.0')] }));
  const packages = [installed({ type: 'npm', name: 'a', version: '1.0.0' })];
  const bundle = memoryBundle(builder.finish());
  expect(() =>
    matchPackages({ packages, distro: undefined, bundle, limits: withLimits({ imageFindings: 1 }) }),
  ).toThrow(expect.objectContaining({ code: 'PLM_LIMIT' }));
});

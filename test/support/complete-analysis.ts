import type { Analysis } from '../../src/model/analysis.ts';
import type { Package } from '../../src/model/package.ts';

/** A type with no optional field left: a new field of the model fails to compile here until it is reported, or named as one that is not. */
type Complete<T> = T extends readonly (infer U)[]
  ? readonly Complete<U>[]
  : T extends object
    ? { readonly [K in keyof T as T extends Package ? Exclude<K, 'linked'> : K]-?: Complete<T[K]> }
    : T;

const suppressed = { reason: 'ignored', rule: 'a rule', justification: 'component_not_present' };
const location = { path: '/a', layer: 0, detector: 'npm/package-json', digest: `sha256:${'1'.repeat(64)}` };
const hidden = { path: '/h', size: 1, addedIn: 0, removedIn: 1, how: 'whiteout' as const };
const notable = { path: '/n', layer: 0, state: 'present' as const, mode: '4755', detail: 'setuid' };

/** An analysis with every field of the model set. */
export function completeAnalysis(): Complete<Analysis> {
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: '0.1.0' },
    createdAt: '2026-01-01T00:00:00Z',
    scanners: ['vuln', 'secret'],
    image: {
      ref: 'a:1',
      kind: 'oci-archive',
      manifestDigest: `sha256:${'2'.repeat(64)}`,
      signer: { subject: `sha256:${'2'.repeat(64)}`, key: `sha256:${'4'.repeat(64)}` },
      configDigest: `sha256:${'3'.repeat(64)}`,
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      os: {
        id: 'debian',
        versionId: '12',
        prettyName: 'Debian 12',
        codename: 'bookworm',
        idLike: ['debian'],
        properties: { cpe: 'x' },
        eol: { date: '2028-06-30', reached: false },
      },
      created: '2026-01-01T00:00:00Z',
      config: {
        user: 'app',
        ports: ['80/tcp'],
        envNames: ['PATH'],
        labels: { a: 'b' },
        entrypoint: ['a'],
        cmd: ['b'],
        workingDir: '/',
        volumes: ['/v'],
      },
      provenance: [
        {
          predicateType: 'https://slsa.dev/provenance/v1',
          builder: 'https://builder.example/1',
          buildType: 'https://mobyproject.org/buildkit@v1',
          source: { uri: 'https://git.example/app.git', revision: '4b220de5', path: 'Dockerfile' },
          startedOn: '2020-01-01T00:00:00Z',
          finishedOn: '2020-01-01T00:01:00Z',
          materials: [{ uri: 'pkg:docker/alpine@3.20', digest: 'sha256:1' }],
          signed: true,
        },
      ],
      baseName: 'debian:12',
      layers: [
        {
          index: 0,
          digest: 'd',
          diffId: 'e',
          size: 1,
          uncompressedSize: 2,
          compression: 'gzip',
          createdBy: 'RUN x',
          dockerfileLine: 1,
          base: true,
          files: 1,
          hiddenBytes: 0,
        },
      ],
    },
    packages: [
      {
        id: 'pkg:npm/a@1',
        type: 'npm',
        namespace: '@s',
        name: 'a',
        version: '1',
        purl: 'pkg:npm/a@1',
        arch: 'all',
        source: { name: 's', version: '1' },
        licenses: ['MIT'],
        locations: [location],
        state: 'overwritten',
        removedIn: 1,
        ownedBy: 'pkg:deb/debian/x@1',
        scope: 'runtime',
        hashes: [{ algorithm: 'SHA-1', value: 'ab' }],
        properties: { k: 'v' },
        dependsOn: ['pkg:npm/b@1'],
      },
    ],
    vulnerabilities: [
      {
        id: 'CVE-2020-1',
        aliases: ['GHSA-1'],
        advisories: [{ id: 'GHSA-1', source: 'osv/npm' }],
        packageId: 'pkg:npm/a@1',
        severity: 'high',
        severitySource: 'GHSA-1',
        cvss: [{ version: '3.1', vector: 'v', score: 7.5, source: 'osv/npm' }],
        kev: { dateAdded: '2020-01-01', ransomware: true },
        epss: { score: 0.1, percentile: 0.2, date: '2026-01-01' },
        status: 'fixed',
        fixedIn: ['2'],
        layer: 0,
        state: 'present',
        inBase: true,
        reasons: [
          {
            searched: 'name',
            name: 'a',
            segment: 'npm',
            scheme: 'semver',
            version: '1',
            range: '< 2',
            advisory: 'GHSA-1',
            derivedFrom: 'Debian:11',
            linked: ['example.com/a.F'],
          },
        ],
        source: 'osv/npm',
        title: 't',
        published: '2020-01-01T00:00:00Z',
        modified: '2020-01-01T00:00:00Z',
        references: ['https://example.org'],
        cwes: ['CWE-1'],
        suppressed,
      },
    ],
    fixPlan: [{ packageId: 'pkg:npm/a@1', from: '1', to: '2', clears: ['CVE-2020-1'], layer: 0 }],
    secrets: [
      {
        ruleId: 'r',
        title: 't',
        verdict: 'proven',
        severity: 'high',
        source: 'file',
        name: 'n',
        path: '/s',
        layer: 0,
        state: 'deleted',
        removedIn: 1,
        line: 1,
        column: 1,
        match: '****',
        fingerprint: 'f',
        proof: 'crc32',
        suppressed,
      },
    ],
    files: {
      deleted: [hidden],
      overwritten: [hidden],
      setuid: [notable],
      capabilities: [notable],
      worldWritable: [notable],
      devices: [notable],
      unowned: [{ path: '/u', layer: 0, size: 1 }],
      integrity: {
        checked: 2,
        withoutDigest: 1,
        modified: [
          {
            path: '/m',
            layer: 0,
            packageId: 'pkg:npm/a@1',
            algorithm: 'md5',
            expected: '5'.repeat(32),
            found: '6'.repeat(32),
          },
        ],
      },
      known: [
        {
          path: '/k',
          layer: 0,
          state: 'deleted',
          removedIn: 1,
          algorithm: 'sha256',
          digest: '7'.repeat(64),
          name: 'bad',
        },
      ],
      all: [{ path: '/f', layer: 0, size: 1, sha256: '4'.repeat(64) }],
    },
    waste: { bytes: 1, efficiency: 0.5 },
    misconfigurations: [
      {
        id: 'PLM-C001',
        aliases: ['CIS-DI-0001'],
        title: 't',
        severity: 'low',
        evidence: 'e',
        layer: 0,
        path: '/p',
        secret: 'f',
        remediation: 'r',
        suppressed,
      },
    ],
    licenses: [{ license: 'MIT', packageIds: ['pkg:npm/a@1'], files: ['/LICENSE'] }],
    bundle: {
      contentId: 'sha256:x',
      channel: 'nightly',
      sequence: 1,
      builtAt: '2026-01-01T00:00:00Z',
      starter: true,
      expired: true,
      rolledBack: true,
      sources: [{ id: 'osv/npm', capturedAt: '2026-01-01T00:00:00Z', used: true }],
      coverage: {
        os: 'covered',
        ecosystems: { npm: 'covered' },
        unjudged: [{ missing: 'Hex', packageIds: ['pkg:hex/x@1'] }],
      },
    },
    policy: {
      verdict: 'fail',
      gates: [{ id: 'g', subject: 's', action: 'fail', passed: false, message: 'm', findings: ['CVE-2020-1'] }],
    },
    problems: [{ code: 'PLM_X', layer: 0, path: '/x', detail: 'd' }],
  };
}

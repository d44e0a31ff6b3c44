import type { Analysis, BundleReport } from '../../src/model/analysis.ts';
import type { Vulnerability } from '../../src/model/finding.ts';
import type { Package } from '../../src/model/package.ts';
import type { Secret } from '../../src/model/secret.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';

export const BUNDLE: BundleReport = {
  contentId: 'sha256:b1',
  channel: 'test',
  sequence: 1,
  builtAt: '2026-01-10T00:00:00Z',
  sources: [{ id: 'osv/Debian', capturedAt: '2026-01-01' }],
  coverage: { os: 'covered' },
};

export function debPackage(name: string, fields: Partial<Package> = {}): Package {
  return {
    id: `pkg:deb/debian/${name}@1.0`,
    type: 'deb',
    namespace: 'debian',
    name,
    version: '1.0',
    purl: `pkg:deb/debian/${name}@1.0?arch=amd64`,
    licenses: [],
    locations: [{ path: '/var/lib/dpkg/status', layer: 0 }],
    state: 'present',
    ...fields,
  };
}

export function vulnerability(id: string, packageName: string, fields: Partial<Vulnerability> = {}): Vulnerability {
  return {
    id,
    aliases: [],
    advisories: [{ id: `DSA-${id}`, source: 'osv/Debian' }],
    packageId: `pkg:deb/debian/${packageName}@1.0`,
    severity: 'high',
    status: 'fixed',
    fixedIn: ['1.1'],
    layer: 0,
    state: 'present',
    reasons: [
      {
        searched: 'name',
        name: packageName,
        segment: 'Debian:12',
        scheme: 'dpkg',
        version: '1.0',
        range: '< 1.1',
        advisory: `DSA-${id}`,
      },
    ],
    source: 'osv/Debian',
    ...fields,
  };
}

export function secret(fields: Partial<Secret> = {}): Secret {
  return {
    ruleId: 'aws-access-key',
    verdict: 'proven',
    source: 'file',
    path: '/app/.env',
    layer: 1,
    state: 'present',
    match: 'AKIA…',
    fingerprint: 'f1',
    ...fields,
  };
}

/** An analysis of one Debian image that nobody has judged yet. */
export function unjudged(fields: Partial<Analysis> = {}): UnjudgedAnalysis {
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: '0' },
    image: {
      ref: 'registry.local/prod/shop:1.0',
      kind: 'oci-archive',
      manifestDigest: `sha256:${'a'.repeat(64)}`,
      configDigest: `sha256:${'c'.repeat(64)}`,
      platform: { os: 'linux', architecture: 'amd64' },
      os: { id: 'debian', versionId: '12', prettyName: 'Debian 12' },
      config: { ports: [], envNames: [], labels: { team: 'shop' } },
      layers: [],
    },
    packages: [debPackage('openssl'), debPackage('zlib')],
    vulnerabilities: [vulnerability('CVE-1', 'openssl')],
    secrets: [],
    files: { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] },
    waste: { bytes: 0, efficiency: 1 },
    misconfigurations: [],
    licenses: [],
    bundle: BUNDLE,
    problems: [],
    ...fields,
  };
}

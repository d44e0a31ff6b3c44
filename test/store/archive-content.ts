import type { AdvisoryBundle, Section } from '../../src/bundle/advisory-bundle.ts';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { encodeEpss } from '../../src/bundle/sections/epss.ts';
import { encodeKev } from '../../src/bundle/sections/kev.ts';
import { sectionsBundle } from '../../src/bundle/sections-bundle.ts';
import type { Advisory } from '../../src/model/advisory.ts';
import type { Package } from '../../src/model/package.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import { unjudged } from '../policy/judged-analysis.ts';

/** An advisory about one package: affected from `introduced` up to `fixed`. */
export interface Flaw {
  readonly id: string;
  readonly ecosystem: string;
  readonly name: string;
  readonly introduced?: string;
  readonly fixed?: string;
  readonly aliases?: readonly string[];
  readonly severity?: string;
  /** A CVSS 3.1 vector. */
  readonly vector?: string;
}

function advisory(flaw: Flaw): Advisory {
  const { introduced = '0', fixed } = flaw;
  return {
    id: flaw.id,
    source: `osv/${flaw.ecosystem.split(':')[0]}`,
    aliases: flaw.aliases ?? [],
    related: [],
    upstream: [],
    modified: '2026-01-01T00:00:00Z',
    severity: flaw.vector === undefined ? [] : [{ type: 'CVSS_V3', score: flaw.vector }],
    ...(flaw.severity === undefined ? {} : { severityWord: flaw.severity }),
    cwes: [],
    references: [],
    affected: [
      {
        ecosystem: flaw.ecosystem,
        name: flaw.name,
        versions: [],
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced }, ...(fixed === undefined ? [] : [{ fixed }])] }],
      },
    ],
  };
}

/** `scores` are EPSS scores by CVE; without any the bundle has no EPSS. */
export function bundleOf(
  sequence: number,
  flaws: readonly Flaw[],
  exploited: readonly string[] = [],
  scores: Readonly<Record<string, number>> = {},
): AdvisoryBundle {
  const builder = new IndexBuilder();
  for (const flaw of flaws) builder.add(advisory(flaw));
  const kev = encodeKev(exploited.map((cve) => ({ cve, added: '2026-01-01', ransomware: false })));
  const rows = Object.entries(scores).map(([cve, score]) => ({ cve, score, percentile: score }));
  const epss: readonly Section[] = rows.length === 0 ? [] : [{ type: 'epss', key: '', bytes: encodeEpss(rows) }];
  return sectionsBundle([...builder.finish(), { type: 'kev', key: '', bytes: kev }, ...epss], {
    contentId: `content-${sequence}`,
    channel: 'test',
    epoch: 1,
    sequence,
    builtAt: `2026-01-${String((sequence % 27) + 1).padStart(2, '0')}T00:00:00Z`,
    sources: rows.length === 0 ? [] : [{ id: 'epss', capturedAt: '2026-01-01', records: rows.length }],
    starter: false,
    expired: false,
    rolledBack: false,
  });
}

export function npmPackage(name: string, version: string, fields: Partial<Package> = {}): Package {
  const purl = `pkg:npm/${name}@${version}`;
  return {
    id: purl,
    type: 'npm',
    name,
    version,
    purl,
    licenses: ['MIT'],
    locations: [{ path: `/app/node_modules/${name}/package.json`, layer: 1, detector: 'npm/package-json' }],
    state: 'present',
    ...fields,
  };
}

export function debOf(name: string, version: string, fields: Partial<Package> = {}): Package {
  const purl = `pkg:deb/debian/${name}@${version}?distro=debian-12`;
  return {
    id: purl,
    type: 'deb',
    namespace: 'debian',
    name,
    version,
    purl,
    source: { name: `${name}-src`, version },
    licenses: [],
    locations: [{ path: '/var/lib/dpkg/status', layer: 0, detector: 'dpkg/status' }],
    state: 'present',
    ...fields,
  };
}

/** An image of one name with these packages; its configuration digest follows from the name. */
export function imageOf(
  name: string,
  packages: readonly Package[],
  fields: Partial<UnjudgedAnalysis> = {},
): UnjudgedAnalysis {
  const base = unjudged({ packages, vulnerabilities: [], problems: [], ...fields });
  const configDigest = `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;
  const { bundle: _bundle, ...rest } = base;
  return {
    ...rest,
    image: { ...base.image, ref: name, configDigest, manifestDigest: configDigest.replace(/.$/, 'f') },
  };
}

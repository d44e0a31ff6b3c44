import type { ReleaseCycle } from '../bundle/sections/end-of-life.ts';
import type { Coverage } from '../model/analysis.ts';
import type { Distro } from '../model/distro.ts';
import type { BundleReader } from './bundle-reader.ts';
import { DISTRO_RULES, type DistroRule } from './distro-rules.ts';

/** The advisories that speak about one image's operating system. */
export interface DistroStream {
  readonly rule: DistroRule;
  /** Segments of the bundle, the one that decides first; empty where it has none for this release. */
  readonly segments: readonly string[];
  readonly coverage: Coverage;
}

/** The stream of a distro, or undefined where no rule knows it. */
export function distroStream(distro: Distro, reader: BundleReader): DistroStream | undefined {
  const rule = DISTRO_RULES.get(distro.id) ?? derivativeRule(distro);
  if (rule === undefined) return undefined;
  const segments = segmentsOf(rule, distro, reader.segmentKeys());
  const ended = hasEnded(distro, reader.cycles(rule.product ?? distro.id), reader.bundle.info.builtAt);
  return { rule, segments, coverage: segments.length === 0 ? 'noData' : ended ? 'endOfLife' : 'covered' };
}

/** A derivative that names its parent in ID_LIKE and uses its release names is judged by it, and marked so. */
function derivativeRule(distro: Distro): DistroRule | undefined {
  const base = distro.properties?.['UBUNTU_CODENAME'] === undefined ? 'debian' : 'ubuntu';
  const rule = distro.idLike.includes(base) ? DISTRO_RULES.get(base) : undefined;
  if (rule === undefined || base !== 'debian') return undefined;
  return { ...rule, segments: (current) => rule.segments(withoutVersion(current)), derivedFrom: 'Debian' };
}

/** A derivative counts its own releases; only the codename is its parent's. */
function withoutVersion({ versionId: _, ...rest }: Distro): Distro {
  return rest;
}

function segmentsOf(rule: DistroRule, distro: Distro, keys: readonly string[]): readonly string[] {
  const found = rule.segments(distro).map((wanted) => keys.filter((key) => isWanted(key, wanted)));
  return rule.layered === true ? found.flat() : (found.find((matching) => matching.length > 0) ?? []);
}

function isWanted(key: string, wanted: string): boolean {
  return wanted.endsWith('*') ? key.startsWith(wanted.slice(0, -1)) : key === wanted;
}

function hasEnded({ versionId }: Distro, cycles: readonly ReleaseCycle[], builtAt: string): boolean {
  if (versionId === undefined) return false;
  const cycle = cycles
    .filter(({ cycle: name }) => versionId === name || versionId.startsWith(`${name}.`))
    .toSorted((a, b) => b.cycle.length - a.cycle.length)[0];
  if (cycle === undefined) return false;
  return typeof cycle.eol === 'boolean' ? cycle.eol : cycle.eol < builtAt.slice(0, 10);
}

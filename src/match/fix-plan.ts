import type { Segment } from '../bundle/index/open-segment.ts';
import type { FixStep } from '../model/finding.ts';
import type { Hit } from './look-up.ts';

/** The findings of one package that a newer version may clear. */
interface FixableFinding {
  readonly id: string;
  readonly hits: readonly Hit[];
}

export interface FixablePackage {
  readonly packageId: string;
  readonly version: string;
  readonly layer: number;
  readonly findings: readonly FixableFinding[];
}

/**
 * The nearest upgrade that clears the most findings: of all versions named as fixes, the one outside the affected
 * ranges of most findings, and of those the lowest. Undefined where no fix is known.
 */
export function fixStep({ packageId, version, layer, findings }: FixablePackage): FixStep | undefined {
  const scheme = findings[0]?.hits[0]?.segment.scheme;
  if (scheme === undefined) return undefined;
  const targets = [...new Set(findings.flatMap(({ hits }) => hits.flatMap(({ fixed }) => fixed)))];
  targets.sort((a, b) => scheme.compare(a, b) ?? 0);
  let best: FixStep | undefined;
  for (const to of targets) {
    if (scheme.compare(version, to) !== -1) continue;
    const positions = new Map<Segment, number | undefined>();
    const clears = findings.filter((finding) => isCleared(finding, to, positions)).map(({ id }) => id);
    if (clears.length > (best?.clears.length ?? 0))
      best = { packageId, from: version, to, clears: clears.sort(), layer };
  }
  return best;
}

/** `positions` holds where the version lies in each segment, so that it is encoded once. */
function isCleared({ hits }: FixableFinding, version: string, positions: Map<Segment, number | undefined>): boolean {
  return hits.every(({ segment, rows }) => {
    if (!positions.has(segment)) positions.set(segment, segment.positionOf(version));
    const position = positions.get(segment);
    return rows.every((row) => segment.holds(row, version, position) === 'outside');
  });
}

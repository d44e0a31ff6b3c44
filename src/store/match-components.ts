import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { BundleReader } from '../match/bundle-reader.ts';
import { matchPackages } from '../match/match-packages.ts';
import type { Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import { AlikeVersions } from './alike-versions.ts';
import type { BundleMark } from './archive-store.ts';
import type { Component } from './component.ts';
import { type OwnFinding, ownFinding } from './component-finding.ts';
import { asPackage } from './component-names.ts';

/** Findings of each component, in the order given. */
export type ComponentMatcher = (components: readonly Component[]) => readonly (readonly OwnFinding[])[];

/** Stands in a stored rule for the id of the package or of its owner, which differ from image to image. */
export const SELF = '@self';
export const OWNER = '@owner';

/**
 * Matches components with a bundle exactly as an image's packages are matched: components of one distro together, and of
 * those that differ in nothing the bundle tells apart one for all.
 */
export function componentMatcher(bundle: AdvisoryBundle): ComponentMatcher {
  const reader = new BundleReader(bundle);
  return (components) => {
    const findings: (readonly OwnFinding[])[] = components.map(() => []);
    const byDistro = new Map<string, number[]>();
    const alike = new AlikeVersions(reader);
    const speakers = new Map<string, number>();
    const spokenFor: { readonly position: number; readonly speaker: number; readonly version: string }[] = [];
    for (const [position, component] of components.entries()) {
      const likeness = alike.of(component);
      const speaker = likeness === undefined ? undefined : speakers.get(likeness.key);
      if (likeness !== undefined && speaker !== undefined) {
        spokenFor.push({ position, speaker, version: likeness.version });
        continue;
      }
      if (likeness !== undefined) speakers.set(likeness.key, position);
      const key = JSON.stringify(component.distro ?? null);
      const list = byDistro.get(key);
      if (list === undefined) byDistro.set(key, [position]);
      else list.push(position);
    }
    for (const positions of byDistro.values())
      for (const [position, found] of matchTogether(bundle, components, positions)) findings[position] = found;
    for (const { position, speaker, version } of spokenFor)
      findings[position] = (findings[speaker] ?? []).map(({ shared }) => ({ shared, version }));
    return findings;
  };
}

/** Findings by position, of those components that have any. */
function matchTogether(
  bundle: AdvisoryBundle,
  components: readonly Component[],
  positions: readonly number[],
): ReadonlyMap<number, readonly OwnFinding[]> {
  const packages: Package[] = [];
  const places = new Map<string, number>();
  for (const position of positions) {
    const component = components[position];
    if (component === undefined) continue;
    const id = `${SELF}${position}`;
    const owner = `${OWNER}${position}`;
    places.set(id, position);
    packages.push({
      ...asPackage(component.package, id),
      ...(component.owner === undefined ? {} : { ownedBy: owner }),
    });
    if (component.owner !== undefined) packages.push(asPackage(component.owner, owner));
  }
  const distro = components[positions[0] ?? 0]?.distro;
  const told = new Map<number, OwnFinding[]>();
  for (const finding of matchPackages({ packages, distro, bundle }).vulnerabilities) {
    const position = places.get(finding.packageId);
    if (position === undefined) continue;
    const found = ownFinding(neutral(finding));
    const list = told.get(position);
    if (list === undefined) told.set(position, [found]);
    else list.push(found);
  }
  return told;
}

function neutral(finding: Vulnerability): Vulnerability {
  const { suppressed } = finding;
  if (suppressed?.rule === undefined) return finding;
  const rule = [SELF, OWNER].find((stand) => suppressed.rule?.startsWith(stand) === true);
  return rule === undefined ? finding : { ...finding, suppressed: { ...suppressed, rule } };
}

/** What the archive remembers of a bundle. */
export function bundleMark(bundle: AdvisoryBundle): BundleMark {
  const { contentId, channel, epoch, sequence, builtAt } = bundle.info;
  return { contentId, channel, epoch, sequence, builtAt };
}

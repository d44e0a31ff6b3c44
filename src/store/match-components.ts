import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { matchPackages } from '../match/match-packages.ts';
import type { Package } from '../model/package.ts';
import type { BundleMark } from './archive-store.ts';
import type { Component } from './component.ts';
import { type ComponentFinding, componentFinding } from './component-finding.ts';
import { asPackage } from './component-names.ts';

/** Findings of each component, in the order given. */
export type ComponentMatcher = (components: readonly Component[]) => readonly (readonly ComponentFinding[])[];

/** Stands in a stored rule for the id of the package or of its owner, which differ from image to image. */
export const SELF = '@self';
export const OWNER = '@owner';

/** Matches components with a bundle exactly as an image's packages are matched: components of one distro together. */
export function componentMatcher(bundle: AdvisoryBundle): ComponentMatcher {
  return (components) => {
    const findings: ComponentFinding[][] = components.map(() => []);
    const byDistro = new Map<string, number[]>();
    for (const [position, component] of components.entries()) {
      const key = JSON.stringify(component.distro ?? null);
      const list = byDistro.get(key);
      if (list === undefined) byDistro.set(key, [position]);
      else list.push(position);
    }
    for (const positions of byDistro.values()) matchTogether(bundle, components, positions, findings);
    return findings;
  };
}

function matchTogether(
  bundle: AdvisoryBundle,
  components: readonly Component[],
  positions: readonly number[],
  findings: readonly ComponentFinding[][],
): void {
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
  for (const finding of matchPackages({ packages, distro, bundle }).vulnerabilities) {
    const position = places.get(finding.packageId);
    if (position === undefined) continue;
    findings[position]?.push(neutral(componentFinding(finding)));
  }
}

function neutral(finding: ComponentFinding): ComponentFinding {
  const { suppressed } = finding;
  if (suppressed?.rule === undefined) return finding;
  const rule = [SELF, OWNER].find((stand) => suppressed.rule?.startsWith(stand) === true);
  return rule === undefined ? finding : { ...finding, suppressed: { ...suppressed, rule } };
}

export function bundleMark(bundle: AdvisoryBundle): BundleMark {
  const { contentId, channel, epoch, sequence, builtAt } = bundle.info;
  return { contentId, channel, epoch, sequence, builtAt };
}

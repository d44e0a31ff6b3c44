import { candidatesOf } from '../match/candidates.ts';
import type { DistroStream } from '../match/distro-stream.ts';
import type { Package } from '../model/package.ts';
import { lookupName } from '../versions/ecosystem.ts';
import type { ComponentName } from './archive-store.ts';
import type { Component, MatchedPackage } from './component.ts';

/** Stands for the segments of whatever distro release: which of them a bundle has is the bundle's affair. */
const ANY_RELEASE = '*';

/**
 * Every name, with its version, that matching may ask any bundle about for a component: its own and its owner's. A
 * changed name of a bundle that is not among them cannot change the component's findings.
 */
export function componentNames(component: Component): readonly ComponentName[] {
  const names = new Map<string, ComponentName>();
  for (const part of [component.package, component.owner]) {
    if (part === undefined) continue;
    for (const { segment, name, version } of candidates(part)) {
      const key = nameKey(segment, name);
      names.set(`${key}\0${version}`, { name: key, version });
    }
  }
  return [...names.values()];
}

/** Names under which components are filed that may be looked up as `name` in `segment`. */
export function namesForKey(segment: string, name: string): readonly string[] {
  return [nameKey(segment, name), nameKey(ANY_RELEASE, name)];
}

function nameKey(segment: string, name: string): string {
  return `${segment} ${lookupName(segment, name)}`;
}

function candidates(part: MatchedPackage) {
  const found = asPackage(part);
  const streams = (['source', 'name'] as const).map(
    (filedBy): DistroStream => ({
      rule: { types: [part.type], filedBy, segments: () => [] },
      segments: [ANY_RELEASE],
      coverage: 'covered',
    }),
  );
  return streams.flatMap((stream) => candidatesOf(found, stream));
}

/** The component's package in the shape the matcher takes; place and state do not enter its verdict. */
export function asPackage(part: MatchedPackage, id = part.purl): Package {
  return { ...part, id, licenses: [], locations: [{ path: '/', layer: 0 }], state: 'present' };
}

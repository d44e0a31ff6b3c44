import { hash } from 'node:crypto';
import type { Distro } from '../model/distro.ts';
import type { ImageReport } from '../model/image.ts';
import type { Package } from '../model/package.ts';
import { isDistroType } from '../report/describe.ts';

/**
 * A package stripped to what matching depends on: equal components have equal findings under one bundle, in whatever
 * images, layers and states they lie.
 */
export interface Component {
  readonly package: MatchedPackage;
  /** The OS package that ships it, where one does: its advisories speak for both. */
  readonly owner?: MatchedPackage;
  /** Only for packages of the distro and packages it ships. */
  readonly distro?: Distro;
}

export type MatchedPackage = Pick<
  Package,
  'type' | 'namespace' | 'name' | 'version' | 'arch' | 'purl' | 'source' | 'properties' | 'linked'
>;

/** The component of a package of an image. */
export function componentOf(
  found: Package,
  packages: ReadonlyMap<string, Package>,
  distro: Distro | undefined,
): Component {
  const owner = found.ownedBy === undefined ? undefined : packages.get(found.ownedBy);
  const ofDistro = isDistroType(found.type) || owner !== undefined;
  return {
    package: matchedPart(found),
    ...(owner === undefined ? {} : { owner: matchedPart(owner) }),
    ...(ofDistro && distro !== undefined ? { distro } : {}),
  };
}

/** Fields in a fixed order, so that equal components have equal text. */
function matchedPart(found: Package): MatchedPackage {
  const properties =
    found.properties === undefined
      ? undefined
      : Object.entries(found.properties).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    type: found.type,
    ...(found.namespace === undefined ? {} : { namespace: found.namespace }),
    name: found.name,
    version: found.version,
    ...(found.arch === undefined ? {} : { arch: found.arch }),
    purl: found.purl,
    ...(found.source === undefined ? {} : { source: { name: found.source.name, version: found.source.version } }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(properties) }),
    ...(found.linked === undefined ? {} : { linked: found.linked }),
  };
}

/** SHA-256 in hex of what matching depends on: equal components are one. */
export function componentDigest(component: Component): string {
  return hash('sha256', JSON.stringify(component));
}

/** The distro an image report states, or undefined where the image did not say. */
export function distroOf(os: ImageReport['os']): Distro | undefined {
  if (os.id === 'unknown') return undefined;
  return {
    id: os.id,
    ...(os.versionId === undefined ? {} : { versionId: os.versionId }),
    ...(os.codename === undefined ? {} : { codename: os.codename }),
    idLike: os.idLike ?? [],
    prettyName: os.prettyName,
    ...(os.properties === undefined ? {} : { properties: os.properties }),
  };
}

import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { parsePurl, type SbomComponent } from './parse-component.ts';

/** Types that a package database of the image names too, under the distro's own namespace. */
const DISTRO_TYPES = ['apk', 'deb', 'rpm', 'alpm'];

/** Types whose package managers can say what is installed: a copy inside another package is none of theirs. */
const MANAGED_TYPES = [...DISTRO_TYPES, 'pypi', 'npm', 'gem', 'composer', 'nuget', 'conda'];

/** True for a copy inside a wheel that no package manager knows of: `pip/_vendor/urllib3`, `numpy.libs/libgfortran.so`. */
export function isBundledCopy({ type, properties }: PackageDraft): boolean {
  return properties?.['bundled'] === 'true' && MANAGED_TYPES.includes(type);
}

/**
 * A component as a package, marked as hearsay: the SBOM says so, no installed file does. Undefined where its purl is none
 * or has no version. `bundled` components were copied from the system a library was built on, not installed here.
 */
export function toPackage(
  component: SbomComponent,
  { format, bundled }: { readonly format: string; readonly bundled: boolean },
): PackageDraft | undefined {
  const purl = parsePurl(component.purl);
  if (purl?.version === undefined || purl.version === null) return undefined;
  const { arch, epoch, distro: _, ...others } = purl.qualifiers ?? {};
  const ofDistro = DISTRO_TYPES.includes(purl.type) && !bundled;
  const qualifiers = { ...(epoch === undefined ? {} : { epoch }), ...(ofDistro ? {} : others) };
  return {
    type: purl.type,
    hearsay: true,
    ...(ofDistro ? { ofDistro } : {}),
    ...(purl.namespace && !ofDistro ? { namespace: purl.namespace } : {}),
    name: purl.name,
    version: epoch === undefined ? purl.version : `${epoch}:${purl.version}`,
    ...(arch === undefined ? {} : { arch }),
    ...(component.licenses.length === 0 ? {} : { licenses: normalizeLicenses(component.licenses) }),
    ...(Object.keys(qualifiers).length === 0 ? {} : { qualifiers }),
    ...(purl.subpath ? { subpath: purl.subpath } : {}),
    ...(component.hashes.length === 0 ? {} : { hashes: component.hashes }),
    properties: { trust: 'embedded-sbom', sbomFormat: format, ...(bundled && { bundled: 'true' }) },
  };
}

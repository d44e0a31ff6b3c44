import type { PackageDraft } from '../../model/package.ts';
import type { ChiselPackage } from './parse-manifest.ts';

/** The manifest names no source package: most binary packages of a chiselled image share its name. */
export function toPackage(found: ChiselPackage): PackageDraft {
  return {
    type: 'deb',
    ofDistro: true,
    name: found.name,
    version: found.version,
    ...(found.architecture === undefined ? {} : { arch: found.architecture }),
    ...(found.hashes.length === 0 ? {} : { hashes: found.hashes }),
    properties: { chiselled: 'true' },
  };
}

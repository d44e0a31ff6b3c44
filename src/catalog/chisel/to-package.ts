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
    ...(found.sha256 === undefined ? {} : { hashes: [{ algorithm: 'sha256', value: found.sha256 }] }),
    properties: { chiselled: 'true' },
  };
}

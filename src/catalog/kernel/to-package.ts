import { normalizeLicense } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { moduleName, parseModule } from './parse-module.ts';

export function kernelPackage(release: string): PackageDraft {
  return { type: 'generic', name: 'linux-kernel', version: release, unlessOwned: true };
}

/** A module by its own description or, where it has none, by its place below `lib/modules/<release>`. */
export function modulePackage(path: string, bytes: Uint8Array, maxBytes: number): PackageDraft {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  const folder = /\/lib\/modules\/([^/]+)\//.exec(path)?.[1];
  const info = parseModule(bytes, fileName, maxBytes);
  const kernel = info?.kernel ?? folder;
  return {
    type: 'generic',
    name: `linux-module-${info?.name ?? moduleName(fileName)}`,
    version: info?.version ?? kernel ?? '',
    unlessOwned: true,
    ...(info?.license === undefined ? {} : { licenses: [normalizeLicense(info.license)] }),
    ...(kernel === undefined ? {} : { properties: { kernel } }),
  };
}

import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { Rockspec } from './parse-rockspec.ts';

export function toPackage({ name, version, license, dependencies }: Rockspec): PackageDraft {
  const licenses = normalizeLicenses(license === undefined ? [] : [license]);
  return {
    type: 'luarocks',
    name,
    version,
    ...(licenses.length > 0 && { licenses }),
    ...(dependencies.length > 0 && { dependsOn: dependencies }),
  };
}

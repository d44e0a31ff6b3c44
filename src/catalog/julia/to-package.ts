import type { PackageDraft } from '../../model/package.ts';
import type { JuliaPackage } from './parse-manifest.ts';

export function toPackage({ name, version, uuid, needs }: JuliaPackage): PackageDraft {
  return {
    type: 'julia',
    name,
    version,
    ...(uuid && { qualifiers: { uuid } }),
    ...(needs.length > 0 && { dependsOn: [...needs].sort() }),
  };
}

import type { PackageDraft } from '../../model/package.ts';
import type { ConanReference } from './parse-conaninfo.ts';
import type { ConanPackage } from './parse-package-path.ts';

export function toPackage(
  { name, version, user, channel }: ConanPackage,
  needs: readonly ConanReference[],
): PackageDraft {
  const qualifiers = { ...(user && { user }), ...(channel && { channel }) };
  return {
    type: 'conan',
    name,
    version,
    ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
    provides: [`${name}/${version}`],
    ...(needs.length > 0 && { dependsOn: needs.map((need) => `${need.name}/${need.version}`).sort() }),
  };
}

/** What a built package was linked with; the files of it may have been copied into this package. */
export function fromReference({ name, version }: ConanReference): PackageDraft {
  return { type: 'conan', name, version, provides: [`${name}/${version}`], hearsay: true };
}

import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { relationNames } from './parse-desc.ts';

/** A `desc` file as a package; undefined where it has no name or version. Advisories are filed against the base. */
export function toPackage(blocks: ReadonlyMap<string, readonly string[]>): PackageDraft | undefined {
  const one = (name: string): string | undefined => blocks.get(name)?.[0];
  const many = (name: string): readonly string[] => blocks.get(name) ?? [];
  const name = one('NAME');
  const version = one('VERSION');
  if (name === undefined || version === undefined) return undefined;
  const arch = one('ARCH');
  const properties = Object.fromEntries(
    [
      ['maintainer', one('PACKAGER')],
      ['homepage', one('URL')],
    ].filter(([, value]) => value !== undefined),
  );
  return {
    type: 'alpm',
    ofDistro: true,
    name,
    version,
    ...(arch === undefined ? {} : { arch }),
    source: { name: one('BASE') ?? name, version },
    licenses: normalizeLicenses(many('LICENSE')),
    dependsOn: relationNames(many('DEPENDS')),
    provides: relationNames(many('PROVIDES')),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

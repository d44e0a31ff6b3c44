import { normalizeLicense } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { splitVersion } from './parse-contents.ts';

/** A package by its folder and the small files in it, read by `field`; undefined where the folder names no version. */
export function toPackage(
  category: string,
  folder: string,
  field: (name: string) => string | undefined,
): PackageDraft | undefined {
  const split = splitVersion(folder);
  if (split === undefined) return undefined;
  const license = field('LICENSE');
  const slot = field('SLOT');
  const repository = field('repository');
  const dependsOn = atoms(field('RDEPEND'));
  const properties = {
    ...(slot === undefined ? {} : { slot }),
    ...(repository === undefined ? {} : { repository }),
  };
  return {
    type: 'ebuild',
    namespace: category,
    name: split.name,
    version: split.version,
    ...(license === undefined ? {} : { licenses: [normalizeLicense(license)] }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

/** `category/name` of the atoms of a dependency expression; operators, versions, slots and USE flags dropped. */
function atoms(expression: string | undefined): string[] {
  const names = new Set<string>();
  for (const word of (expression ?? '').split(/\s+/)) {
    const atom = /^[<>=~]*([\w+.-]+\/[\w+.-]+)/.exec(word)?.[1];
    if (atom === undefined) continue;
    const [category = '', name = ''] = atom.split('/');
    names.add(`${category}/${splitVersion(name)?.name ?? name}`);
  }
  return [...names];
}

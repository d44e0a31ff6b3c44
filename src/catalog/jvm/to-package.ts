import type { PackageDraft } from '../../model/package.ts';
import type { JavaRelease } from './parse-release.ts';

/** Named as the `java` launcher is by the program classifiers, so that both proofs make one package. */
export function toPackage({ version, implementor, imageType }: JavaRelease): PackageDraft {
  const properties = { ...(implementor && { implementor }), ...(imageType && { imageType }) };
  return {
    type: 'generic',
    name: 'java',
    version,
    unlessOwned: true,
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

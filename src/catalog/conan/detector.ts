import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseConaninfo } from './parse-conaninfo.ts';
import { parsePackagePath } from './parse-package-path.ts';
import { fromReference, toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'conan/conaninfo',
    title: 'C and C++ packages of a Conan cache',
    specification: 'https://docs.conan.io/1/mastering/custom_cache.html',
    packageTypes: ['conan'],
    select: [{ basename: 'conaninfo.txt', maxSize: 4 * 1024 * 1024 }],
    textFolders: ownFolder,
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const needs = parseConaninfo(file.text());
  const own = parsePackagePath(file.path);
  if (own !== undefined) yield { kind: 'package', package: toPackage(own, needs) };
  for (const need of needs) yield { kind: 'package', package: fromReference(need) };
}

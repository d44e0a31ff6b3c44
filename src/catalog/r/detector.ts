import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseDescription } from './parse-description.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'r/description',
    title: 'Installed R packages',
    specification: 'https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file',
    packageTypes: ['cran'],
    select: [{ basename: 'DESCRIPTION', maxSize: 1024 * 1024 }],
    textFolders: ownFolder,
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const description = parseDescription(file.text());
  if (description?.installed === true) yield { kind: 'package', package: toPackage(description) };
  else if (description === undefined && LIBRARY.test(file.path))
    yield damaged('no name and version in it: this R package is not listed');
}

const LIBRARY = /\/(?:site-library|R\/library)\/[^/]+\/DESCRIPTION$/;

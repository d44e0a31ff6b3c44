import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseRelease } from './parse-release.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'jvm/release',
    title: 'Java installations (release file of a JDK or JRE)',
    specification: 'https://openjdk.org/jeps/322',
    packageTypes: ['generic'],
    select: [{ basename: 'release', maxSize: 64 * 1024 }],
    textFolders: ownFolder,
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const release = parseRelease(file.text());
  if (release !== undefined) yield { kind: 'package', package: toPackage(release) };
}

import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { ARCHIVE, readArchive } from './read-archive.ts';
import { toPackages } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'java/archive',
    title: 'Java archives (jar, war, ear and their kin, nested)',
    specification: 'https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html',
    packageTypes: ['maven'],
    select: [{ pattern: ARCHIVE, minSize: 22 }],
    detect: detectArchive,
  },
];

function* detectArchive(file: FileView, context: DetectContext): Iterable<Observation> {
  const archive = readArchive(context.zipMembers(file));
  for (const found of toPackages(archive, file.path)) yield { kind: 'package', package: found };
  for (const reason of archive.lost) yield damaged(`${reason}: packages it names are not listed`);
}

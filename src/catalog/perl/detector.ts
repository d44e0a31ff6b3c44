import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseInstall, parseLocalPod } from './parse-install.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'perl/install',
    title: 'Perl distributions installed by cpanm or Carton',
    specification: 'https://metacpan.org/pod/App::cpanminus',
    packageTypes: ['cpan'],
    select: [{ pattern: /\/\.meta\/[^/]+\/install\.json$/ }],
    detect: detectInstall,
  },
  {
    id: 'perl/local-pod',
    title: 'Perl modules installed by cpan or make',
    specification: 'https://perldoc.perl.org/ExtUtils::MakeMaker#make-install',
    packageTypes: ['cpan'],
    select: [{ basename: 'perllocal.pod' }],
    detect: detectPod,
  },
];

function* detectInstall(file: FileView, context: DetectContext): Iterable<Observation> {
  const found = parseInstall(file.text(), context.limits.jsonDepth);
  if (found !== undefined) yield { kind: 'package', package: toPackage(found) };
  else yield damaged('names no distribution and version: this Perl distribution is not listed');
}

function* detectPod(file: FileView): Iterable<Observation> {
  for (const found of parseLocalPod(file.text())) yield { kind: 'package', package: toPackage(found) };
}

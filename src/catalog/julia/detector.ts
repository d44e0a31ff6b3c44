import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseManifest, parseProject } from './parse-manifest.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'julia/environment',
    title: 'Julia packages of environments',
    specification: 'https://pkgdocs.julialang.org/v1/toml-files/',
    packageTypes: ['julia'],
    select: [{ basename: 'Manifest.toml' }, { basename: 'JuliaManifest.toml' }],
    detect: detectManifest,
  },
  {
    id: 'julia/depot',
    title: 'Julia packages of a depot',
    specification: 'https://pkgdocs.julialang.org/v1/glossary/',
    packageTypes: ['julia'],
    select: [{ pattern: /\/packages\/[^/]+\/[A-Za-z0-9]{4,5}\/(?:Julia)?Project\.toml$/ }],
    textFolders: ownFolder,
    detect: detectProject,
  },
];

function* detectManifest(file: FileView): Iterable<Observation> {
  const packages = parseManifest(file.text());
  if (packages === undefined) yield damaged('not a manifest: the Julia packages of this environment are not listed');
  for (const found of packages ?? []) yield { kind: 'package', package: toPackage(found) };
}

function* detectProject(file: FileView): Iterable<Observation> {
  const found = parseProject(file.text());
  if (found !== undefined) yield { kind: 'package', package: toPackage(found) };
}

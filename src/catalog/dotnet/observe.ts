import { readPeVersion } from '../../bytes/executable/pe-version.ts';
import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, FileView, Observation } from '../../detect/detector.ts';
import { parseDeps } from './parse-deps.ts';
import { parsePackagesConfig } from './parse-packages-config.ts';
import { fromAssembly, fromLibrary, fromReference } from './to-package.ts';

/** The NuGet packages a deps.json says are deployed, and their files. */
export function* detectDeps(file: FileView, context: DetectContext): Iterable<Observation> {
  const libraries = parseDeps(file.text(), context.limits.jsonDepth);
  if (libraries === undefined)
    yield damaged('not a JSON object: the NuGet packages of this application are not listed');
  const folder = file.path.slice(0, file.path.lastIndexOf('/'));
  for (const library of libraries ?? []) {
    yield { kind: 'package', package: fromLibrary(library) };
    const owner = { identity: { type: 'nuget', name: library.name } };
    for (const path of library.files) yield { kind: 'owned-file', owner, path: `${folder}/${path}` };
  }
}

/** The NuGet packages a packages.config refers to. */
export function* detectConfig(file: FileView): Iterable<Observation> {
  for (const reference of parsePackagesConfig(file.text()) ?? [])
    yield { kind: 'package', package: fromReference(reference) };
}

/** A well-known library told by its version resource. */
export function* detectAssembly(file: FileView): Iterable<Observation> {
  const version = readPeVersion(file.bytes());
  const name = file.path.slice(file.path.lastIndexOf('/') + 1, -'.dll'.length);
  const found = version && fromAssembly(name, version);
  if (found) yield { kind: 'package', package: found };
}

import { readPeVersion } from '../../bytes/executable/pe-version.ts';
import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { KNOWN_ASSEMBLIES } from './known-assemblies.ts';
import { parseDeps } from './parse-deps.ts';
import { parsePackagesConfig } from './parse-packages-config.ts';
import { fromAssembly, fromLibrary, fromReference } from './to-package.ts';

const nuget = { packageTypes: ['nuget'] } as const;

export const detectors: readonly Detector[] = [
  {
    ...nuget,
    id: 'dotnet/deps',
    title: 'NuGet packages deployed with .NET applications (deps.json)',
    specification: 'https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md',
    select: [{ suffix: '.deps.json' }],
    detect: detectDeps,
  },
  {
    ...nuget,
    id: 'dotnet/packages-config',
    title: 'NuGet packages of .NET Framework applications (packages.config)',
    specification: 'https://learn.microsoft.com/nuget/reference/packages-config',
    select: [{ basename: 'packages.config', maxSize: 4 * 1024 * 1024 }],
    detect: detectConfig,
  },
  {
    ...nuget,
    id: 'dotnet/assembly',
    title: 'Well-known .NET libraries by their version resource',
    specification: 'https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource',
    select: KNOWN_ASSEMBLIES.map((name) => ({ basename: `${name}.dll` })),
    detect: detectAssembly,
  },
];

function* detectDeps(file: FileView, context: DetectContext): Iterable<Observation> {
  const libraries = parseDeps(file.text(), context.limits.jsonDepth);
  if (libraries === undefined)
    yield damaged('not a JSON object: the NuGet packages of this application are not listed');
  for (const library of libraries ?? []) yield { kind: 'package', package: fromLibrary(library) };
}

function* detectConfig(file: FileView): Iterable<Observation> {
  for (const reference of parsePackagesConfig(file.text()) ?? [])
    yield { kind: 'package', package: fromReference(reference) };
}

function* detectAssembly(file: FileView): Iterable<Observation> {
  const version = readPeVersion(file.bytes());
  const name = file.path.slice(file.path.lastIndexOf('/') + 1, -'.dll'.length);
  const found = version && fromAssembly(name, version);
  if (found) yield { kind: 'package', package: found };
}

import type { Detector } from '../../detect/detector.ts';
import { KNOWN_ASSEMBLIES } from './known-assemblies.ts';
import { detectAssembly, detectConfig, detectDeps } from './observe.ts';

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

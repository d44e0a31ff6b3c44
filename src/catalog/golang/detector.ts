import { EXECUTABLE_MAGICS } from '../../bytes/executable/executable.ts';
import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { linkedModules } from './linked-code.ts';
import { parseBuildInfo } from './parse-build-info.ts';
import { parseModules } from './parse-modules.ts';
import { toPackages } from './to-package.ts';

/** The smallest Go program that runs is far larger; most small executables are spared the look. */
const SMALLEST_PROGRAM = 64 * 1024;

export const detectors: readonly Detector[] = [
  {
    id: 'golang/binary',
    title: 'Go modules built into programs (ELF, PE, Mach-O)',
    specification: 'https://pkg.go.dev/debug/buildinfo',
    packageTypes: ['golang'],
    select: EXECUTABLE_MAGICS.map((magic) => ({ magic, minSize: SMALLEST_PROGRAM })),
    // A program holds no texts; builds keep them in a tree of modules (https://github.com/google/go-licenses#saving-licenses-and-source-code).
    textFolders: (_, { namespace, name, version }) =>
      namespace === undefined ? [] : [`${namespace}/${name}`, escaped(`${namespace}/${name}@${version}`)],
    detect,
  },
];

/** As the module cache writes paths and versions (https://go.dev/ref/mod#module-cache): `!azure` for `Azure`. */
function escaped(path: string): string {
  return path.replaceAll(/[A-Z]/g, (capital) => `!${capital.toLowerCase()}`);
}

const LOST = {
  damaged: 'the build information of this Go program is damaged: the modules built into it are not listed',
  packed: 'packed with UPX: packages built into this program are not listed',
} as const;

function* detect(file: FileView): Iterable<Observation> {
  const info = parseBuildInfo(file.bytes());
  if (info === undefined) return;
  if (typeof info === 'string') yield damaged(LOST[info]);
  else {
    const modules = parseModules(info.modules);
    const linked = linkedModules(file.bytes(), modules);
    for (const found of toPackages(info.goVersion, modules, linked)) yield { kind: 'package', package: found };
  }
}

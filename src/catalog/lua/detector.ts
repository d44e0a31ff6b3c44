import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseRockspec } from './parse-rockspec.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'lua/rockspec',
    title: 'Lua rocks installed by LuaRocks',
    specification: 'https://github.com/luarocks/luarocks/wiki/Rockspec-format',
    packageTypes: ['luarocks'],
    select: [{ pattern: /\/rocks(?:-\d\.\d)?\/[^/]+\/[^/]+\/[^/]+\.rockspec$/, maxSize: 1024 * 1024 }],
    textFolders: ownFolder,
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const rock = parseRockspec(file.text());
  if (rock !== undefined) yield { kind: 'package', package: toPackage(rock) };
  else yield damaged('package or version is not written out in it: this Lua rock is not listed');
}

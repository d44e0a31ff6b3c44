import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { installedName } from './installed-path.ts';
import { parsePackageJson } from './parse-package-json.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'npm/package-json',
    title: 'Node.js packages in node_modules (npm, pnpm, yarn, bundled, global)',
    specification: 'https://docs.npmjs.com/cli/configuring-npm/package-json',
    packageTypes: ['npm'],
    select: [{ basename: 'package.json' }],
    textFolders: ownFolder,
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Iterable<Observation> {
  const directory = installedName(file.path);
  const unpacked = directory === undefined ? releaseDirectory(file.path) : undefined;
  if (directory === undefined && unpacked === undefined && NO_WORKSPACE.test(file.path)) return;
  const manifest = parsePackageJson(file.text(), context.limits.jsonDepth);
  if (manifest === undefined) {
    if (directory !== undefined)
      yield damaged(`not a JSON object: the npm package installed as ${directory} is not listed`);
    return;
  }
  const isRelease = unpacked !== undefined && unpacked.name === manifest.name && unpacked.version === manifest.version;
  const found = toPackage(manifest, directory ?? '');
  if (directory === undefined && !isRelease) {
    if (found && !NO_WORKSPACE.test(file.path)) yield { kind: 'package', package: { ...found, onlyLinked: true } };
  } else if (found) yield { kind: 'package', package: found };
  else if (manifest.name !== undefined && manifest.version !== undefined) {
    yield damaged(`"${manifest.name}" is no npm package name: this package is not listed`);
  }
}

/**
 * What no `node_modules` holds may be linked into one, as `npm install ./lib` and workspaces are; nothing within one is, nor
 * in Bun's cache.
 */
const NO_WORKSPACE = /\/node_modules\/|!\/|@@@\d{1,3}\//;

function releaseDirectory(path: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = RELEASE_DIRECTORY.exec(path) ?? DENO_DIRECTORY.exec(path) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** Where Deno runs packages from that no `node_modules` holds: `npm/registry.example/@std/x/1.2.3/package.json`. */
const DENO_DIRECTORY = /\/npm\/[a-z0-9.-]{1,253}\/((?:@[^/]{1,213}\/)?[^/]{1,214})\/([^/]{1,256})\/package\.json$/;
/**
 * A release unpacked by hand, as official images do with yarn: `/opt/yarn-v1.22.22/package.json`. Gems and crates lie in
 * folders of that form too, some with the file of a sister package on npm; one still packed was not unpacked by anybody.
 */
const RELEASE_DIRECTORY =
  /^(?!.*(?:\/gems|\/registry\/src|!)\/).*\/([a-z0-9][a-z0-9._-]{0,213})-v?(\d{1,16}\.\d{1,16}\.\d{1,16}[^/]{0,128})\/package\.json$/;

import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
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
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Iterable<Observation> {
  const directory = installedName(file.path);
  const unpacked = directory === undefined ? RELEASE_DIRECTORY.exec(file.path) : undefined;
  if (directory === undefined && !unpacked) return;
  const manifest = parsePackageJson(file.text(), context.limits.jsonDepth);
  if (manifest === undefined) {
    if (directory !== undefined)
      yield damaged(`not a JSON object: the npm package installed as ${directory} is not listed`);
    return;
  }
  if (unpacked && (unpacked[1] !== manifest.name || unpacked[2] !== manifest.version)) return;
  const found = toPackage(manifest, directory ?? '');
  if (found) yield { kind: 'package', package: found };
  else if (manifest.name !== undefined && manifest.version !== undefined) {
    yield damaged(`"${manifest.name}" is no npm package name: this package is not listed`);
  }
}

/**
 * A release unpacked by hand, as official images do with yarn: `/opt/yarn-v1.22.22/package.json`. Gems and crates lie in
 * folders of that form too, some with the file of a sister package on npm; one still packed was not unpacked by anybody.
 */
const RELEASE_DIRECTORY =
  /^(?!.*(?:\/gems|\/registry\/src|!)\/).*\/([a-z0-9][a-z0-9._-]{0,213})-v?(\d{1,16}\.\d{1,16}\.\d{1,16}[^/]{0,128})\/package\.json$/;

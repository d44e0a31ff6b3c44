import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseCoreVersion, parseHeader } from './parse-header.ts';
import { toCore, toPackage } from './to-package.ts';

const PLUGIN = /\/wp-content\/(?:mu-)?plugins\/([^/]+)\/[^/]+\.php$/;
const THEME = /\/wp-content\/themes\/([^/]+)\/style\.css$/;

export const detectors: readonly Detector[] = [
  {
    id: 'wordpress/extension',
    title: 'WordPress, its plugins and themes',
    specification: 'https://developer.wordpress.org/plugins/plugin-basics/header-requirements/',
    packageTypes: ['generic', 'wordpress-plugin', 'wordpress-theme'],
    select: [{ pattern: PLUGIN }, { pattern: THEME }, { suffix: '/wp-includes/version.php' }],
    textFolders: (path) => [path.replace(/\/(?:wp-includes\/)?[^/]+$/, '')],
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const plugin = PLUGIN.exec(file.path)?.[1];
  const theme = THEME.exec(file.path)?.[1];
  if (plugin === undefined && theme === undefined) {
    const version = parseCoreVersion(file.text());
    if (version !== undefined) yield { kind: 'package', package: toCore(version) };
    return;
  }
  const header = parseHeader(file.text(), plugin === undefined ? 'Theme Name' : 'Plugin Name');
  const type = plugin === undefined ? 'wordpress-theme' : 'wordpress-plugin';
  if (header !== undefined) yield { kind: 'package', package: toPackage(type, plugin ?? theme ?? '', header) };
}

import type { Detector } from '../../detect/detector.ts';
import { detectComposer, detectPear } from './observe.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'php/composer',
    title: 'PHP packages installed by Composer',
    specification: 'https://getcomposer.org/doc/07-runtime.md#installed-versions',
    packageTypes: ['composer'],
    select: [{ suffix: '/composer/installed.json' }],
    textFolders: (path, { namespace, name }) =>
      namespace === undefined ? [] : [path.replace(/\/composer\/installed\.json$/, `/${namespace}/${name}`)],
    detect: detectComposer,
  },
  {
    id: 'php/pear',
    title: 'PHP packages of the PEAR and PECL registry',
    specification: 'https://pear.php.net/manual/en/guide.developers.package2.php',
    packageTypes: ['pear'],
    select: [{ pattern: /\/\.registry\/(?:\.channel\.[^/]+\/)?[^/]+\.reg$/ }],
    textFolders: (path, { name }) => [path.replace(/\/\.registry\/.*$/, `/doc/${name}`)],
    detect: detectPear,
  },
];

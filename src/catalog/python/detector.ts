import type { Detector } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { detectAddress, detectFiles, detectMetadata } from './observe.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'python/metadata',
    title: 'Python distributions (dist-info, egg-info, eggs)',
    specification: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
    packageTypes: ['pypi'],
    select: [
      { suffix: '.dist-info/METADATA' },
      { suffix: '.dist-info/PKG-INFO' },
      { suffix: '.egg-info/PKG-INFO' },
      { suffix: '/EGG-INFO/PKG-INFO' },
      { suffix: '.egg-info' },
    ],
    // The metadata of distutils is a file among those of all distributions.
    textFolders: (path) => (path.endsWith('.egg-info') ? [] : ownFolder(path)),
    detect: detectMetadata,
  },
  {
    id: 'python/record',
    title: 'Files of Python distributions (RECORD, installed-files.txt)',
    specification:
      'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
    packageTypes: [],
    select: [{ suffix: '.dist-info/RECORD' }, { suffix: '.egg-info/installed-files.txt' }],
    detect: detectFiles,
  },
  {
    id: 'python/direct-url',
    title: 'Python distributions installed from an address',
    specification: 'https://packaging.python.org/en/latest/specifications/direct-url/',
    packageTypes: [],
    select: [{ suffix: '.dist-info/direct_url.json' }],
    detect: detectAddress,
  },
];

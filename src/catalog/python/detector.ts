import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseDirectUrl } from './parse-direct-url.ts';
import { parseMetadata } from './parse-metadata.ts';
import { parseRecord } from './parse-record.ts';
import { absolutePath, directoryOf, isUninstalled } from './site-packages.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'python/metadata',
    title: 'Python distributions (dist-info, egg-info, eggs)',
    specification: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
    packageTypes: ['pypi'],
    select: [
      { suffix: '.dist-info/METADATA' },
      { suffix: '.egg-info/PKG-INFO' },
      { suffix: '/EGG-INFO/PKG-INFO' },
      { suffix: '.egg-info' },
    ],
    detect: detectMetadata,
  },
  {
    id: 'python/egg',
    title: 'Zipped Python eggs',
    specification: 'https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html',
    packageTypes: [],
    select: [{ suffix: '.egg', minSize: 22 }],
    detect: (file) => (isUninstalled(`${file.path}/`) ? [] : [{ kind: 'archive', format: 'zip' }]),
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

function* detectMetadata(file: FileView): Iterable<Observation> {
  if (isUninstalled(file.path)) return;
  const metadata = parseMetadata(file.text());
  if (metadata) yield { kind: 'package', package: toPackage(metadata) };
  else yield damaged('no name and version in it: this Python distribution is not listed');
}

function* detectFiles(file: FileView): Iterable<Observation> {
  if (isUninstalled(file.path)) return;
  const info = directoryOf(file.path);
  const record = file.path.endsWith('/RECORD');
  const evidence = `${info}/${record ? 'METADATA' : 'PKG-INFO'}`;
  for (const entry of parseRecord(file.text())) {
    const path = absolutePath(record ? directoryOf(info) : info, entry.path);
    if (path === undefined) continue;
    yield { kind: 'owned-file', owner: { evidence }, path, ...(entry.digest && { digest: entry.digest }) };
  }
}

function* detectAddress(file: FileView, context: DetectContext): Iterable<Observation> {
  if (isUninstalled(file.path)) return;
  const value = parseDirectUrl(file.text(), context.limits.jsonDepth);
  const path = `${directoryOf(file.path)}/METADATA`;
  if (value === undefined) yield damaged('not a direct_url document: where the distribution came from is not known');
  else yield { kind: 'fact', name: 'direct-url', value, path };
}

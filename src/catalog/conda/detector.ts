import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseRecord } from './parse-record.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'conda/record',
    title: 'Conda packages',
    specification: 'https://docs.conda.io/projects/conda/en/latest/dev-guide/specs/index.html',
    packageTypes: ['conda'],
    select: [{ pattern: /\/conda-meta\/[^/]+\.json$/ }],
    textFolders: cacheFolder,
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Iterable<Observation> {
  const record = parseRecord(file.text(), context.limits.jsonDepth);
  if (record === undefined) {
    yield damaged('no name and version in it: this conda package is not listed');
    return;
  }
  yield { kind: 'package', package: toPackage(record) };
  const prefix = file.path.slice(0, file.path.lastIndexOf('/conda-meta/'));
  for (const { path, sha256 } of record.files) {
    if (path.split('/').includes('..')) continue;
    const digest = sha256 === undefined ? {} : { digest: { algorithm: 'sha256' as const, value: sha256 } };
    yield { kind: 'owned-file', owner: { evidence: file.path }, path: `${prefix}/${path}`, ...digest };
  }
}

/** Conda links files from its cache, and leaves the texts there. */
function cacheFolder(path: string): readonly string[] {
  const match = /^(.*?)(?:\/envs\/[^/]+)?\/conda-meta\/([^/]+)\.json$/.exec(path);
  return match === null ? [] : [`${match[1]}/pkgs/${match[2]}/info`];
}

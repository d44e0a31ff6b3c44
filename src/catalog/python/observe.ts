import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, FileView, Observation } from '../../detect/detector.ts';
import { parseDirectUrl } from './parse-direct-url.ts';
import { parseMetadata } from './parse-metadata.ts';
import { parseRecord } from './parse-record.ts';
import { absolutePath, directoryOf, isCached, isUninstalled, namedByDirectory } from './site-packages.ts';
import { toPackage } from './to-package.ts';

/** The distribution a METADATA or PKG-INFO file names. */
export function* detectMetadata(file: FileView): Iterable<Observation> {
  if (isUninstalled(file.path)) return;
  const named = namedByDirectory(file.path);
  const metadata = parseMetadata(file.text()) ?? (named && { ...named, licenses: [], requires: [] });
  if (metadata && isCached(file.path)) yield { kind: 'package', package: { ...toPackage(metadata), onlyLinked: true } };
  else if (metadata) yield { kind: 'package', package: toPackage(metadata) };
  else yield damaged('no name and version in it: this Python distribution is not listed');
}

/** The files that RECORD or installed-files.txt lists. */
export function* detectFiles(file: FileView): Iterable<Observation> {
  if (isUninstalled(file.path) || isCached(file.path)) return;
  const info = directoryOf(file.path);
  const record = file.path.endsWith('/RECORD');
  const owner = { evidence: `${info}/${record ? 'METADATA' : 'PKG-INFO'}` };
  const base = record ? directoryOf(info) : info;
  for (const entry of parseRecord(file.text())) {
    const path = absolutePath(base, entry.path);
    if (path === undefined) continue;
    yield { kind: 'owned-file', owner, path, ...(entry.digest && { digest: entry.digest }) };
  }
}

/** Where a distribution came from that was not taken from an index. */
export function* detectAddress(file: FileView, context: DetectContext): Iterable<Observation> {
  if (isUninstalled(file.path) || isCached(file.path)) return;
  const value = parseDirectUrl(file.text(), context.limits.jsonDepth);
  const path = `${directoryOf(file.path)}/METADATA`;
  if (value === undefined) yield damaged('not a direct_url document: where the distribution came from is not known');
  else yield { kind: 'fact', name: 'direct-url', value, path };
}

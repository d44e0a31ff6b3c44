import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { CondaRecord } from './parse-record.ts';

export function toPackage(record: CondaRecord): PackageDraft {
  const licenses = normalizeLicenses(record.license === undefined ? [] : [record.license]);
  const qualifiers = {
    ...(record.build && { build: record.build }),
    ...(record.channel && { channel: channelName(record.channel) }),
    ...(record.subdir && { subdir: record.subdir }),
  };
  return {
    type: 'conda',
    name: record.name,
    version: record.version,
    ...(licenses.length > 0 && { licenses }),
    ...(Object.keys(qualifiers).length > 0 && { qualifiers }),
    ...(record.depends.length > 0 && { dependsOn: [...new Set(record.depends)].sort() }),
    ...(record.hashes.length > 0 && { hashes: record.hashes }),
  };
}

/** `https://conda.anaconda.org/conda-forge/linux-64` is the channel `conda-forge`; `pkgs/main` keeps both parts. */
function channelName(channel: string): string {
  const path = channel
    .replace(/^[a-z]+:\/\/[^/]*\//, '')
    .replace(/\/(?:noarch|(?:linux|osx|win|freebsd|emscripten|wasi)-[a-z0-9_]+)?\/?$/, '');
  return path.replace(/^t\/[^/]+\//, '').replace(/\/$/, '');
}

import type { PackageDraft } from '../../model/package.ts';
import type { SwiftDependency } from './parse-workspace-state.ts';

/** Swift packages are named by host and path of their repository (https://github.com/package-url/purl-spec/blob/main/types/swift-definition.json). */
export function toPackage({ location, version, revision }: SwiftDependency): PackageDraft {
  const path = location
    .replace(/^[a-z+]+:\/\/(?:[^/@]*@)?/, '')
    .replace(/^[^/@:]+@([^/:]+):/, '$1/')
    .replace(/\.git$/, '')
    .replace(/\/$/, '');
  const slash = path.lastIndexOf('/');
  return {
    type: 'swift',
    ...(slash > 0 && { namespace: path.slice(0, slash) }),
    name: path.slice(slash + 1),
    version,
    ...(revision && { properties: { revision } }),
  };
}

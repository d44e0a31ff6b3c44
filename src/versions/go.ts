import type { VersionScheme } from './scheme.ts';
import { scheme as semver } from './semver.ts';

export const scheme: VersionScheme = {
  id: 'go',
  title: 'Go module versions, pseudo-versions and toolchain versions',
  specification: 'https://go.dev/ref/mod#versions',
  compare(left, right) {
    return semver.compare(asSemver(left), asSemver(right));
  },
  encode(version) {
    return semver.encode?.(asSemver(version));
  },
};

/** `go1.21rc2` is `1.21.0-rc.2`; module versions are semantic versions as they stand, `(devel)` is none. */
function asSemver(version: string): string {
  const toolchain = /^go(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(alpha|beta|rc)(\d+))?(?:[ +-].*)?$/.exec(version);
  if (toolchain === null) return version;
  const [, major = '0', minor = '0', patch = '0', phase, number] = toolchain;
  return `${major}.${minor}.${patch}${phase === undefined ? '' : `-${phase}.${number}`}`;
}

import type { VersionScheme } from './scheme.ts';
import { scheme as semver } from './semver.ts';

export const scheme: VersionScheme = {
  id: 'bitnami',
  title: 'Bitnami component versions: semantic versions whose revision only counts rebuilds',
  specification: 'https://github.com/bitnami/vulndb',
  compare(left, right) {
    return semver.compare(upstream(left), upstream(right));
  },
  encode(version) {
    return semver.encode?.(upstream(version));
  },
};

/** `1.2.3-4` and `1.2.3-r4` are builds of 1.2.3. */
function upstream(version: string): string {
  return version.replace(/-r?\d+$/, '');
}

import type { ImageCheck } from './image-check.ts';

/** Paths that exist only while the cache is filled. */
const CACHE_PATHS = [
  '/var/lib/apt/lists/lock',
  '/var/cache/apt/pkgcache.bin',
  '/root/.cache/pip',
  '/root/.npm/_cacache',
  '/root/.cargo/registry/cache',
  '/root/.m2/repository',
  '/root/.gradle/caches',
  '/root/.composer/cache',
  '/root/.nuget/packages',
];

export const check: ImageCheck = {
  id: 'PLM-C010',
  aliases: ['DKL-DI-0004', 'DKL-DI-0005'],
  title: 'Caches of a package manager were left behind',
  severity: 'low',
  remediation:
    'Delete the cache in the instruction that filled it (rm -rf /var/lib/apt/lists/*, apk add --no-cache, pip --no-cache-dir, npm cache clean --force).',
  run({ hasPath, facts }) {
    const known = CACHE_PATHS.filter((path) => hasPath(path)).map((path) => ({
      evidence: 'a package manager keeps its cache here',
      path,
    }));
    const stated = (facts ?? [])
      .filter((fact) => fact.name === 'package-cache')
      .map((fact) => ({ evidence: fact.value, layer: fact.layer, path: fact.path }));
    return [...known, ...stated];
  },
};

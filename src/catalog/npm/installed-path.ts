/** Directories of linked installs that hold a `node_modules` of their own: pnpm, npm `--install-strategy=linked`, Deno, Bun. */
const STORES = new Set(['.pnpm', '.store', '.deno', '.bun']);

/** Directories in which packages ship sample trees for their own tests: what lies in them was not installed. */
const SAMPLES = new Set([
  'test',
  'tests',
  '__tests__',
  'spec',
  'fixture',
  'fixtures',
  '__fixtures__',
  'example',
  'examples',
]);

/**
 * Releases that wait in a cache, with the packages they bundle: as registries hand them out (all files below `package`),
 * and unpacked by Yarn 1 (`v6/npm-once-1.4.0-<SHA-1>-integrity/node_modules/once`) and Bun (`npm@8.19.4@@@1`). Yarn copies
 * from there, Bun links.
 */
const CACHED = /!\/package\/|\/v\d{1,2}\/npm-[^/]+-[0-9a-f]{40}(?:-integrity)?\/|@@@\d{1,3}\//;

/**
 * The name of the directory a package manager installed a package into (`lodash`, `@babel/core`), for the path of a
 * `package.json` directly below it; undefined for every other `package.json`
 * (https://nodejs.org/api/modules.html#loading-from-node_modules-folders).
 */
export function installedName(path: string): string | undefined {
  if (CACHED.test(path)) return undefined;
  const parts = path.split('/').slice(1, -1);
  const root = parts.lastIndexOf('node_modules');
  if (root < 0) return undefined;
  const name = parts.slice(root + 1);
  if (!isPackageDirectory(name) || isSample(parts.slice(0, root))) return undefined;
  return name.join('/');
}

/** Below `node_modules`: a name, a scope and a name, or Yarn's store, `.store/lodash-npm-4.17.21-6382451519/package`. */
function isPackageDirectory(parts: readonly string[]): boolean {
  const [first = '', second, third] = parts;
  if (first === '.store') return parts.length === 3 && third === 'package';
  if (first.startsWith('@')) return parts.length === 2 && second !== undefined && !second.startsWith('.');
  return parts.length === 1 && first !== '' && !first.startsWith('.');
}

/** True where this `node_modules` lies within an installed package, in a directory of samples. */
function isSample(parents: readonly string[]): boolean {
  let inPackage = false;
  for (let index = 0; index < parents.length; index += 1) {
    const part = parents[index] ?? '';
    if (part === 'node_modules') {
      inPackage = true;
      const next = parents[index + 1] ?? '';
      index += next.startsWith('@') || STORES.has(next) ? 2 : 1;
    } else if (inPackage && SAMPLES.has(part)) return true;
  }
  return false;
}

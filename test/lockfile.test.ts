import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);

/** The path under which a package that `from` asks for is locked: its own folder first, then those above it. */
function lockedPath(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock.packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

test('every optional dependency is locked with a version, also those of other platforms, or npm ci refuses the clone', () => {
  const missing: string[] = [];
  for (const [from, { optionalDependencies = {} }] of Object.entries(lock.packages))
    for (const name of Object.keys(optionalDependencies)) {
      const path = lockedPath(from, name);
      if (path === undefined || lock.packages[path]?.version === undefined) missing.push(`${from} → ${name}`);
    }
  expect(missing).toEqual([]);
});

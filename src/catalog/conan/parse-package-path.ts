/** A package of Conan's cache. */
export interface ConanPackage {
  readonly name: string;
  readonly version: string;
  readonly user?: string;
  readonly channel?: string;
}

/** `<data>/<name>/<version>/<user>/<channel>/package/<id>/conaninfo.txt`, with `_` for none (https://docs.conan.io/1/mastering/custom_cache.html). */
const CACHE = /\/data\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/package\/[0-9a-f]{40}\/conaninfo\.txt$/;

/** Conan 1 names a package by its place only; undefined for any other path. */
export function parsePackagePath(path: string): ConanPackage | undefined {
  const [, name, version, user, channel] = CACHE.exec(path) ?? [];
  if (name === undefined || version === undefined) return undefined;
  return {
    name,
    version,
    ...(user && user !== '_' && { user }),
    ...(channel && channel !== '_' && { channel }),
  };
}

export interface StorePath {
  /** `/nix/store/<hash>-<name>`. */
  readonly path: string;
  readonly hash: string;
  readonly name: string;
  readonly version: string;
  readonly output: string | undefined;
}

/** Outputs that nixpkgs splits packages into; the last part of a version that is one of these is none. */
const OUTPUTS = [
  'bin',
  'dev',
  'out',
  'lib',
  'man',
  'doc',
  'info',
  'devdoc',
  'devman',
  'static',
  'debug',
  'dist',
  'data',
];
/** What builds a package, not the package. */
const SOURCES = /\.(?:drv|patch|diff|sh|tar\.\w+|tgz|zip|lock|json|nix)$/;

/**
 * The package a store path holds: the version starts at the first hyphen that no letter follows
 * (https://nix.dev/manual/nix/latest/language/builtins.html#builtins-parseDrvName). Undefined where there is none, as for
 * configuration and sources.
 */
export function parseStorePath(path: string): StorePath | undefined {
  const match = /^(\/nix\/store\/([0-9a-df-np-sv-z]{32})-([^/]+))(?:\/|$)/.exec(path);
  const [, root, hash, full] = match ?? [];
  if (root === undefined || hash === undefined || full === undefined || SOURCES.test(full)) return undefined;
  const split = /^(.+?)-([^A-Za-z-].*)$/.exec(full);
  if (split?.[1] === undefined || split[2] === undefined || !/^\d/.test(split[2])) return undefined;
  const output = OUTPUTS.find((name) => split[2]?.endsWith(`-${name}`) === true);
  const version = output === undefined ? split[2] : split[2].slice(0, -output.length - 1);
  return { path: root, hash, name: split[1], version, output };
}

import { optional } from '../../bytes/json.ts';
import type { PackageDraft } from '../../model/package.ts';
import { type LinkedModules, STANDARD_LIBRARY } from './linked-code.ts';
import { stampedVersion } from './main-version.ts';
import type { GoModule, GoModules } from './parse-modules.ts';

/** The main module, the modules built into it, and the standard library the toolchain brought. */
export function toPackages(
  goVersion: string,
  { main, dependencies, settings }: GoModules,
  linked: LinkedModules | undefined,
): PackageDraft[] {
  const library = toLibrary(goVersion, linked);
  const modules = dependencies.filter(({ path }) => path !== '').map((module) => toModule(module, linked));
  const parts = library === undefined ? modules : [...modules, library];
  if (main === undefined || main.path === '') return parts;
  return [toMain(main, parts, { settings, toolchain: goVersion, linked }), ...parts];
}

interface Build {
  readonly settings: ReadonlyMap<string, string>;
  readonly toolchain: string;
  readonly linked: LinkedModules | undefined;
}

function toMain(main: GoModule, parts: readonly PackageDraft[], { settings, toolchain, linked }: Build): PackageDraft {
  const stamped =
    main.version === '(devel)' || main.version === ''
      ? stampedVersion(main, settings.get('-ldflags') ?? '')
      : undefined;
  const properties = {
    main: 'true',
    toolchain,
    ...(stamped && { versionFrom: 'ldflags' }),
    ...pick(settings, ['vcs.revision', 'vcs.time', 'vcs.modified', 'GOOS', 'GOARCH', 'CGO_ENABLED', 'GOFIPS140']),
  };
  const draft = toModule({ ...main, version: stamped ?? (main.version || '(devel)') }, linked);
  return { ...draft, dependsOn: parts.map(exactName).sort(), properties: { ...draft.properties, ...properties } };
}

function toModule({ path, version, sum, replaces }: GoModule, linked: LinkedModules | undefined): PackageDraft {
  const slash = path.lastIndexOf('/');
  const draft = {
    type: 'golang',
    ...(slash > 0 && { namespace: path.slice(0, slash) }),
    name: path.slice(slash + 1),
    version: version || '(devel)',
  };
  const hash = sum?.startsWith('h1:') ? Buffer.from(sum.slice(3), 'base64').toString('hex') : '';
  const properties = {
    ...(hash.length === 64 && { h1: hash }),
    ...(replaces && { replaces: `${replaces.path}@${replaces.version}` }),
  };
  return {
    ...draft,
    provides: [exactName(draft)],
    ...(Object.keys(properties).length > 0 && { properties }),
    // Code of a module that stands in for another is linked under the other's paths, which its own advisories do not name.
    ...(replaces === undefined || replaces.path === path ? optional('linked', linked?.get(path)) : {}),
  };
}

/** `go1.21.3`, with ` X:experiment` or `-X:experiment` behind it; a development toolchain has no version to compare. */
function toLibrary(goVersion: string, linked: LinkedModules | undefined): PackageDraft | undefined {
  const version = /^go(\d[^\s]*?)(?:-X:.*)?(?:\s.*)?$/.exec(goVersion)?.[1];
  if (version === undefined) return undefined;
  const draft = { type: 'golang', name: 'stdlib', version };
  return {
    ...draft,
    provides: [exactName(draft)],
    properties: { toolchain: goVersion },
    ...optional('linked', linked?.get(STANDARD_LIBRARY)),
  };
}

/** Modules are built in one version each, so edges name it. */
function exactName({ namespace, name, version }: Pick<PackageDraft, 'namespace' | 'name' | 'version'>): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${name}@${version}`;
}

function pick(settings: ReadonlyMap<string, string>, names: readonly string[]): Record<string, string> {
  const found = names.map((name) => [name, settings.get(name) ?? ''] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}

import { isRecord, type JsonRecord, parseJson, recordField, textField } from '../../bytes/json.ts';

/** A library of an application, as its `deps.json` states it. */
export interface DotnetLibrary {
  readonly name: string;
  readonly version: string;
  /** Libraries it needs, as `name/version`. */
  readonly dependencies: readonly string[];
  /** Where its files lie, relative to the folder of the document. */
  readonly files: readonly string[];
  /** Base64 of the SHA-512 of the NuGet package. */
  readonly sha512?: string;
}

/** Kinds of assets that end up beside the application. */
const ASSETS = ['runtime', 'native', 'runtimeTargets', 'resources'];
const RUNTIME_PACK = 'runtimepack.';

/**
 * The NuGet packages of an application (https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md).
 * A package that puts no file beside the application was needed to compile only and is left out; so are the
 * application's own projects. Without any target nothing can be told apart and all packages count. Undefined where the
 * text is no such document.
 */
export function parseDeps(text: string, depth: number): readonly DotnetLibrary[] | undefined {
  const document = parseJson(text, depth);
  if (!isRecord(document)) return undefined;
  const targets = Object.values(recordField(document, 'targets') ?? {}).filter(isRecord);
  const libraries = recordField(document, 'libraries') ?? {};
  const deployed = new Map<string, JsonRecord>();
  for (const target of targets) {
    for (const [key, item] of Object.entries(target)) if (isRecord(item) && hasAssets(item)) deployed.set(key, item);
  }
  const keys = targets.length === 0 ? Object.keys(libraries) : [...deployed.keys()];
  return keys.flatMap((key) => toLibrary(key, deployed.get(key), recordField(libraries, key)) ?? []);
}

/** `_._` stands for "nothing to deploy here". */
function hasAssets(item: JsonRecord): boolean {
  return ASSETS.some((kind) => Object.keys(recordField(item, kind) ?? {}).some((path) => !path.endsWith('_._')));
}

function toLibrary(
  key: string,
  target: JsonRecord | undefined,
  library: JsonRecord | undefined,
): DotnetLibrary | undefined {
  const slash = key.lastIndexOf('/');
  if (slash <= 0 || slash === key.length - 1 || !isPackage(target, library)) return undefined;
  const sha512 = library === undefined ? undefined : textField(library, 'sha512')?.replace(/^sha512-/, '');
  const dependencies = Object.entries(recordField(target ?? {}, 'dependencies') ?? {});
  return {
    name: withoutPack(key.slice(0, slash)),
    version: key.slice(slash + 1),
    dependencies: dependencies.flatMap(([name, version]) =>
      typeof version === 'string' ? [`${withoutPack(name)}/${version}`] : [],
    ),
    files: filesOf(target ?? {}),
    ...(sha512 && { sha512 }),
  };
}

/** Publishing puts assets beside the application, those of one platform or language into folders of their own. */
function filesOf(target: JsonRecord): string[] {
  const paths = (kind: string): string[] => Object.keys(recordField(target, kind) ?? {});
  const last = (path: string, parts: number): string => path.split('/').slice(-parts).join('/');
  return [
    ...['runtime', 'native'].flatMap(paths).map((path) => last(path, 1)),
    ...paths('resources').map((path) => last(path, 2)),
    ...paths('runtimeTargets'),
  ].filter((path) => !path.split('/').includes('..'));
}

/** Where a document has no `libraries`, the paths tell: packages keep their folders (`lib/net6.0/x.dll`), projects have none. */
function isPackage(target: JsonRecord | undefined, library: JsonRecord | undefined): boolean {
  if (library === undefined)
    return Object.keys(recordField(target ?? {}, 'runtime') ?? {}).some((path) => path.includes('/'));
  const type = textField(library, 'type');
  return type === 'package' || type === 'runtimepack';
}

/** A self-contained application names the runtime it carries `runtimepack.` and the name of the NuGet package. */
function withoutPack(name: string): string {
  return name.startsWith(RUNTIME_PACK) ? name.slice(RUNTIME_PACK.length) : name;
}

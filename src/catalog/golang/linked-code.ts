import { readExecutable } from '../../bytes/executable/executable.ts';
import { hashText, textFilter } from '../../bytes/text-filter.ts';
import type { LinkedCode } from '../../model/linked-code.ts';
import { functionNames } from './function-table.ts';
import type { GoModules } from './parse-modules.ts';

/** What the linker left of each module of a program, by the path it is imported by. */
export type LinkedModules = ReadonlyMap<string, LinkedCode>;

/** Every program that brings its own runtime has it; one that takes the runtime from a shared library has other code there too. */
const IN_EVERY_PROGRAM = 'runtime.goexit';
/** The largest programs have some 300,000 functions. */
const MOST_FUNCTIONS = 1_000_000;
/** The largest programs have some 10,000 packages, with paths of a dozen parts; each part is asked for. */
const MOST_PACKAGES = 100_000;
const MOST_PARTS = 64;
/** First bytes of a file with programs for several machines, of which the first one alone is read. */
const SEVERAL_MACHINES = 0xcafebabe;
/** Stands for the path of the standard library, which has none. */
export const STANDARD_LIBRARY = '';

/** Undefined where the function table of a Go program cannot be read, or does not name all of its code. */
export function linkedModules(bytes: Uint8Array, modules: GoModules): LinkedModules | undefined {
  const executable = readExecutable(bytes);
  if (executable === undefined || startsWith(bytes, SEVERAL_MACHINES)) return undefined;
  const table = functionNames(bytes, executable);
  const linked = table === undefined ? undefined : hashesByModule(table, modules);
  if (linked?.get(STANDARD_LIBRARY)?.has(hashText(IN_EVERY_PROGRAM)) !== true) return undefined;
  const os = modules.settings.get('GOOS');
  const architecture = modules.settings.get('GOARCH');
  const builtFor = { ...(os && { os }), ...(architecture && { architecture }) };
  return new Map([...linked].map(([path, hashes]) => [path, { names: textFilter(hashes), ...builtFor }]));
}

function startsWith(bytes: Uint8Array, magic: number): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0) === magic;
}

/** Hashes of packages, types and functions; undefined where a name does not end, or names are none that a linker writes. */
function hashesByModule(table: Uint8Array, modules: GoModules): ReadonlyMap<string, ReadonlySet<number>> | undefined {
  const linked = new Map([STANDARD_LIBRARY, ...importedAs(modules)].map((path) => [path, new Set<number>()] as const));
  const packages = new Map<string, LinkedPackage>();
  let functions = 0;
  for (const text of endedByZero(table)) {
    functions += 1;
    const name = withoutArguments(text);
    if (name === undefined || functions > MOST_FUNCTIONS || packages.size > MOST_PACKAGES) return undefined;
    const end = pathLength(name);
    const path = name.slice(0, end);
    const found = packages.get(path) ?? packageOf(path, modules, linked);
    if (found === undefined) return undefined;
    packages.set(path, found);
    for (const part of partsOf(name.slice(end))) found.hashes?.add(hashText(part, found.hash));
  }
  return linked;
}

function* endedByZero(table: Uint8Array): Iterable<string> {
  const buffer = Buffer.from(table.buffer, table.byteOffset, table.length);
  for (let start = 0; start < buffer.length; ) {
    const zero = buffer.indexOf(0, start);
    const end = zero < 0 ? buffer.length : zero;
    yield buffer.toString('latin1', start, end);
    start = end + 1;
  }
}

function importedAs({ main, dependencies }: GoModules): readonly string[] {
  const modules = main === undefined ? dependencies : [main, ...dependencies];
  return modules.map(({ path, replaces }) => replaces?.path ?? path);
}

/** Before the paths of other modules of which the standard library has its own copy. */
const VENDORED = 'vendor/';
/** Validated versions of its cryptography, chosen with `GOFIPS140`, lie below paths of their own. */
const FROZEN = /^(crypto\/internal\/fips140\/)v[^/]+\//;

interface LinkedPackage {
  /** Hash of its import path, which the hashes of all its names begin with. */
  readonly hash: number;
  /** Those of its module. */
  readonly hashes: Set<number> | undefined;
}

/** Undefined where the path has more parts than any. */
function packageOf(
  written: string,
  { mainPath }: GoModules,
  linked: ReadonlyMap<string, Set<number>>,
): LinkedPackage | undefined {
  if (written.split('/', MOST_PARTS + 1).length > MOST_PARTS) return undefined;
  const vendored = written.startsWith(VENDORED);
  const path =
    written === 'main'
      ? (mainPath ?? written)
      : unescaped(vendored ? written.slice(VENDORED.length) : written).replace(FROZEN, '$1');
  const found = { hash: hashText(path), hashes: linked.get(vendored ? STANDARD_LIBRARY : moduleOf(path, linked)) };
  found.hashes?.add(found.hash);
  return found;
}

/** The longest path of a module that a package lies below, else the standard library. */
function moduleOf(path: string, modules: ReadonlyMap<string, unknown>): string {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (modules.has(path.slice(0, end))) return path.slice(0, end);
  }
  return STANDARD_LIBRARY;
}

/** A name as the linker writes it, `a/b.(*Type[go.shape.int]).Method.func1`, without `[…]`, which may hold any type; undefined where that does not end. */
function withoutArguments(text: string): string | undefined {
  if (!text.includes('[')) return text;
  let plain = '';
  let depth = 0;
  for (const sign of text) {
    if (sign === '[') depth++;
    else if (sign === ']') depth--;
    else if (depth === 0) plain += sign;
    if (depth < 0) return undefined;
  }
  return depth === 0 ? plain : undefined;
}

/** Letters before the dot that ends the import path: the first one behind its last slash. */
function pathLength(name: string): number {
  const receiver = name.indexOf('(');
  const slash = name.lastIndexOf('/', receiver < 0 ? name.length : receiver);
  const dot = name.indexOf('.', slash + 1);
  return dot < 0 ? name.length : dot;
}

/** `.Type` and `.Type.Method` of `.(*Type).Method.func1`: what a closure lies in may itself be inlined. */
function partsOf(name: string): readonly string[] {
  const plain = name.startsWith('.(') ? name.replace(/[(*)]/g, '') : name;
  const first = plain.indexOf('.', 1);
  if (first < 0) return [plain];
  const second = plain.indexOf('.', first + 1);
  return [plain.slice(0, first), second < 0 ? plain : plain.slice(0, second)];
}

/** The dots of a path's last part are escaped (https://go.dev/src/cmd/internal/objabi/path.go); escapes stand for bytes of UTF-8. */
function unescaped(path: string): string {
  if (!path.includes('%')) return path;
  const bytes = path.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

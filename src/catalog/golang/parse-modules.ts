import { lines } from '../../bytes/lines.ts';

export interface GoModule {
  readonly path: string;
  /** As built: `v1.2.3`, `(devel)`, a pseudo-version; empty for a module replaced by a directory. */
  readonly version: string;
  /** `h1:` hash of go.sum, where it is known. */
  readonly sum?: string;
  /** The module this one stands in for. */
  readonly replaces?: { readonly path: string; readonly version: string };
}

export interface GoModules {
  /** Import path of the main package. */
  readonly mainPath?: string;
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** `-ldflags`, `vcs.revision`, `GOOS`, … (https://pkg.go.dev/runtime/debug#BuildSetting). */
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads the text of runtime/debug.BuildInfo (https://pkg.go.dev/runtime/debug#BuildInfo); a replacement takes the place of its module. */
export function parseModules(text: string): GoModules {
  let mainPath = '';
  let main: GoModule | undefined;
  const dependencies: GoModule[] = [];
  const settings = new Map<string, string>();
  let replaced: 'main' | 'dependency' | undefined;
  for (const line of lines(text)) {
    const [kind = '', path = '', version = '', sum = ''] = line.split('\t');
    const found: GoModule = { path, version, ...(sum && { sum }) };
    if (kind === 'path') mainPath = path;
    else if (kind === 'mod') {
      main = found;
      replaced = 'main';
    } else if (kind === 'dep') {
      dependencies.push(found);
      replaced = 'dependency';
    } else if (kind === '=>') {
      if (replaced === 'main' && main !== undefined) main = replacement(found, main);
      const last = replaced === 'dependency' ? dependencies.pop() : undefined;
      if (last !== undefined) dependencies.push(replacement(found, last));
      replaced = undefined;
    } else if (kind === 'build') addSetting(settings, line.slice(kind.length + 1));
  }
  return { ...(mainPath && { mainPath }), ...(main && { main }), dependencies, settings };
}

/** A directory has no name of its own: what was replaced keeps its name, without a version. */
function replacement(by: GoModule, of: GoModule): GoModule {
  const replaces = { path: of.path, version: of.version };
  return by.version === '' || DIRECTORY.test(by.path) ? { path: of.path, version: '', replaces } : { ...by, replaces };
}

/** How go.mod tells a directory from a module; Go writes it with the version `(devel)` (https://go.dev/ref/mod#go-mod-file-replace). */
const DIRECTORY = /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:[/\\])/;

function addSetting(settings: Map<string, string>, line: string): void {
  const split = line.startsWith('"') ? line.indexOf('"', 1) + 1 : line.indexOf('=');
  if (split <= 0) return;
  settings.set(unquote(line.slice(0, split)), unquote(line.slice(split + 1)));
}

/** Values with blanks or quotes are written as Go string literals, which JSON can read but for rare escapes. */
function unquote(text: string): string {
  if (!text.startsWith('"')) return text.startsWith('`') ? text.slice(1, -1) : text;
  return text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined).replace(/\\(["\\])/g, '$1');
}

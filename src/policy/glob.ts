/** A glob ready to be matched: in time linear in text times pattern, whatever they hold. */
export interface Glob {
  readonly source: string;
  matches(text: string): boolean;
}

/** `name`: `*` spans any characters (ids, purls). `path`: `*` stops at `/`, `**` does not, a leading `/` is optional. */
export type GlobKind = 'name' | 'path';

/** Patterns longer than this are no globs a person wrote. */
const GLOB_MAX_LENGTH = 1024;
const MAX_ALTERNATIVES = 64;

type Token =
  | { readonly kind: 'character'; readonly value: string }
  | { readonly kind: 'one' | 'star' | 'globstar' | 'folders' };

/**
 * Compiles a glob: `?` one character, `*` and `**` as `GlobKind` says, `{a,b}` alternatives (not nested). Everything
 * else stands for itself, `[` included: file names of web routes hold it. Undefined where the pattern is too long or
 * has too many alternatives.
 */
export function compileGlob(source: string, kind: GlobKind): Glob | undefined {
  if (source.length === 0 || source.length > GLOB_MAX_LENGTH) return undefined;
  const alternatives = expandBraces(source);
  if (alternatives === undefined) return undefined;
  const programs = alternatives.map((alternative) =>
    tokenize(kind === 'path' ? withoutRoot(alternative) : alternative, kind),
  );
  return {
    source,
    matches: (text) => programs.some((program) => run(program, kind === 'path' ? withoutRoot(text) : text)),
  };
}

function withoutRoot(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}

function expandBraces(source: string): readonly string[] | undefined {
  let expanded = [''];
  for (const part of source.split(/(\{[^{}]*,[^{}]*\})/)) {
    const choices =
      part.startsWith('{') && part.endsWith('}') && part.includes(',') ? part.slice(1, -1).split(',') : [part];
    expanded = expanded.flatMap((head) => choices.map((choice) => head + choice));
    if (expanded.length > MAX_ALTERNATIVES) return undefined;
  }
  return expanded;
}

function tokenize(source: string, kind: GlobKind): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const value = source.charAt(at);
    if (value === '?') tokens.push({ kind: 'one' });
    else if (value !== '*') tokens.push({ kind: 'character', value });
    else if (kind === 'name' || source.charAt(at + 1) !== '*')
      tokens.push({ kind: kind === 'name' ? 'globstar' : 'star' });
    else {
      at += 1;
      const wholePart = at === 1 || source.charAt(at - 2) === '/';
      if (wholePart && source.charAt(at + 1) === '/') {
        at += 1;
        tokens.push({ kind: 'folders' });
      } else tokens.push({ kind: 'globstar' });
    }
  }
  return tokens;
}

/** Simulates all ways through the pattern at once, one character at a time. */
function run(tokens: readonly Token[], text: string): boolean {
  let states = new Uint8Array(tokens.length + 1);
  enter(tokens, states, 0);
  for (const character of text) {
    const next = new Uint8Array(tokens.length + 1);
    let alive = false;
    for (let state = 0; state < tokens.length; state += 1) {
      if (states[state] !== 0 && step(tokens, next, state, character)) alive = true;
    }
    if (!alive) return false;
    states = next;
  }
  return states[tokens.length] !== 0;
}

function step(tokens: readonly Token[], next: Uint8Array, state: number, character: string): boolean {
  const token = tokens[state];
  if (token === undefined) return false;
  if (token.kind === 'character' || token.kind === 'one') {
    const accepts = token.kind === 'character' ? token.value === character : character !== '/';
    if (accepts) enter(tokens, next, state + 1);
    return accepts;
  }
  if (token.kind === 'star' && character === '/') return false;
  if (token.kind === 'folders') {
    next[state] = INSIDE;
    if (character === '/') enter(tokens, next, state + 1);
  } else enter(tokens, next, state);
  return true;
}

/** A `folders` token that has consumed something may only be left at a slash. */
const INSIDE = 2;

function enter(tokens: readonly Token[], states: Uint8Array, state: number): void {
  for (let at = state; at <= tokens.length; at += 1) {
    states[at] = 1;
    const kind = tokens[at]?.kind;
    if (kind !== 'star' && kind !== 'globstar' && kind !== 'folders') return;
  }
}

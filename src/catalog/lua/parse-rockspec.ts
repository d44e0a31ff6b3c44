/** An installed rock. Its rockspec is Lua code; it is read, never run. */
export interface Rockspec {
  readonly name: string;
  /** With the revision of the rockspec: `3.0.0-1`. */
  readonly version: string;
  readonly license?: string;
  readonly dependencies: readonly string[];
}

const TEXT = `(?:"([^"\\n\\\\]{0,300})"|'([^'\\n\\\\]{0,300})'|\\[\\[([^\\]\\n]{0,300})\\]\\])`;
const field = (name: string): RegExp => new RegExp(`(?:^|[\\s,{;])${name}[ \\t]{0,40}=[ \\t]{0,40}${TEXT}`);
const PACKAGE = field('package');
const VERSION = field('version');
const LICENSE = field('license');
const DEPENDENCIES = /(?:^|[\s,{;])dependencies[ \t]{0,40}=[ \t]{0,40}\{([^}]{0,20000})\}/;
const EACH = new RegExp(TEXT, 'g');

/** Undefined where package or version is not written out as text (https://github.com/luarocks/luarocks/wiki/Rockspec-format). */
export function parseRockspec(text: string): Rockspec | undefined {
  const code = text.replace(/--[^\n]*/g, '');
  const name = literal(PACKAGE.exec(code));
  const version = literal(VERSION.exec(code));
  if (!name || !version) return undefined;
  const license = literal(LICENSE.exec(code));
  const needs = [...(DEPENDENCIES.exec(code)?.[1] ?? '').matchAll(EACH)].map(
    (match) =>
      literal(match)
        ?.trim()
        .split(/[\s<>=~]/)[0] ?? '',
  );
  return {
    name,
    version,
    ...(license && { license }),
    dependencies: [...new Set(needs.filter((need) => need !== '' && need !== 'lua'))].sort(),
  };
}

function literal(match: RegExpExecArray | RegExpMatchArray | null): string | undefined {
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

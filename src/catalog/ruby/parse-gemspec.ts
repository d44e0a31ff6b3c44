import { lines } from '../../bytes/lines.ts';
import { authorText } from '../../detect/author.ts';

/** What an installed gem's specification says. It is Ruby code; it is read, never run. */
export interface Gemspec {
  readonly name: string;
  readonly version: string;
  /** `ruby`, or the machine a gem with compiled parts was built for. */
  readonly platform: string;
  readonly licenses: readonly string[];
  /** Who made it, by name. */
  readonly author?: string;
  /** Gems it needs at run time. */
  readonly dependencies: readonly string[];
}

/** RubyGems writes it so that it need not run the file: `# stub: NAME VERSION PLATFORM PATHS`. */
const STUB = /^# stub: (\S+) (\S+) (\S+)/;
/** A Ruby text literal without interpolation: `"x"`, `'x'` or `%q<x>`. */
const LITERAL = `(?:"([^"#\\\\]*)"|'([^'\\\\]*)'|%q<([^>]*)>)`;
const FIELD = /^\s*\w+\.(name|version|platform|licenses?|authors?|add_(?:runtime_|development_)?dependency)\b/;
const FIRST = new RegExp(LITERAL);
const ALL = new RegExp(LITERAL, 'g');
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const VERSION = /^[0-9][0-9A-Za-z.-]*$/;
const LINE_LENGTH = 100_000;

/** Undefined where name or version is not written out as text (https://guides.rubygems.org/specification-reference/). */
export function parseGemspec(text: string): Gemspec | undefined {
  const specifies = text.includes('Gem::Specification');
  let name: string | undefined;
  let version: string | undefined;
  let platform: string | undefined;
  const licenses: string[] = [];
  const authors: string[] = [];
  const needed = new Set<string>();
  const development = new Set<string>();
  for (const line of lines(text)) {
    const stub = STUB.exec(line);
    if (stub !== null && name === undefined) [, name, version, platform] = stub;
    const field = !specifies || line.length > LINE_LENGTH ? undefined : FIELD.exec(line)?.[1];
    if (field === undefined) continue;
    const rest = line.slice(line.indexOf(field) + field.length);
    const literal = literalOf(FIRST.exec(rest));
    const texts = field.startsWith('license') ? licenses : field.startsWith('author') ? authors : undefined;
    if (texts !== undefined) texts.push(...[...rest.matchAll(ALL)].flatMap((match) => literalOf(match) ?? []));
    else if (literal === undefined) continue;
    else if (field === 'name') name ??= literal;
    else if (field === 'version') version ??= literal;
    else if (field === 'platform') platform ??= literal;
    else (field === 'add_development_dependency' ? development : needed).add(literal);
  }
  if (name === undefined || version === undefined || !NAME.test(name) || !VERSION.test(version)) return undefined;
  const dependencies = [...needed].filter((gem) => !development.has(gem)).sort();
  const author = authorText(authors.join(', '));
  return {
    name,
    version,
    ...(author !== undefined && { author }),
    platform: platform ?? 'ruby',
    licenses: licenses.filter((item) => item !== ''),
    dependencies,
  };
}

function literalOf(match: RegExpExecArray | RegExpMatchArray | null): string | undefined {
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

import { decodePercent } from '../bytes/percent.ts';
import { lookupName } from '../versions/ecosystem.ts';
import { compileGlob, type Glob } from './glob.ts';

/** A pattern for package URLs (https://github.com/package-url/purl-spec). */
export interface PurlPattern {
  readonly source: string;
  matches(purl: string): boolean;
}

/**
 * `pkg:deb/debian/ncurses*` with `*` for anything. A pattern without `@version` covers all versions; qualifiers of the
 * pattern must all be there, further ones of the package do not matter. Names are compared as their registry does:
 * `pkg:pypi/Django` is `pkg:pypi/django`. Undefined where it is no purl pattern.
 */
export function compilePurlPattern(source: string): PurlPattern | undefined {
  const wanted = splitPurl(source);
  if (!source.startsWith('pkg:')) return undefined;
  const name = compileGlob(wanted.name, 'name');
  const version = wanted.version === undefined ? undefined : compileGlob(wanted.version, 'name');
  const qualifiers = [...wanted.qualifiers].map(([key, value]) => ({ key, value: compileGlob(value, 'name') }));
  if (name === undefined || (wanted.version !== undefined && version === undefined)) return undefined;
  if (qualifiers.some(({ value }) => value === undefined)) return undefined;
  return {
    source,
    matches(purl) {
      const given = splitPurl(purl);
      if (!name.matches(given.name)) return false;
      if (version !== undefined && !version.matches(given.version ?? '')) return false;
      return qualifiers.every(({ key, value }) => holds(value, given.qualifiers.get(key)));
    },
  };
}

function holds(pattern: Glob | undefined, value: string | undefined): boolean {
  return pattern !== undefined && value !== undefined && pattern.matches(value);
}

interface PurlParts {
  readonly name: string;
  readonly version: string | undefined;
  readonly qualifiers: ReadonlyMap<string, string>;
}

/** Percent encoding is undone part by part, so that `%2B` and `+` name the same version. */
function splitPurl(purl: string): PurlParts {
  const [beforeSubpath = ''] = purl.split('#');
  const question = beforeSubpath.indexOf('?');
  const path = question < 0 ? beforeSubpath : beforeSubpath.slice(0, question);
  const at = path.lastIndexOf('@');
  const hasVersion = at > path.lastIndexOf('/');
  const qualifiers = new Map<string, string>();
  for (const pair of question < 0 ? [] : beforeSubpath.slice(question + 1).split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) qualifiers.set(pair.slice(0, equals).toLowerCase(), decode(pair.slice(equals + 1)));
  }
  return {
    name: oneSpelling(decode(hasVersion ? path.slice(0, at) : path)),
    version: hasVersion ? decode(path.slice(at + 1)) : undefined,
    qualifiers,
  };
}

/** Registries that know a package by several spellings, by purl type. */
const SPELLED_ALIKE: ReadonlyMap<string, (name: string) => string> = new Map([
  ['composer', (name) => lookupName('Packagist', name)],
  // The purl specification lower-cases module paths, and Go does not: https://github.com/package-url/purl-spec.
  ['golang', (name) => name.toLowerCase()],
  ['nuget', (name) => lookupName('NuGet', name)],
  ['pypi', (name) => lookupName('PyPI', name)],
]);

function oneSpelling(path: string): string {
  const [, type, name] = /^pkg:([a-z]+)\/(.*)$/is.exec(path) ?? [];
  if (type === undefined || name === undefined) return path;
  const lower = type.toLowerCase();
  return `pkg:${lower}/${SPELLED_ALIKE.get(lower)?.(name) ?? name}`;
}

/** A part that is not well encoded stands for itself. */
function decode(text: string): string {
  return decodePercent(text) ?? text;
}

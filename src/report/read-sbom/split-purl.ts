import { decodePercent } from '../../bytes/percent.ts';

/** A purl taken apart (https://github.com/package-url/purl-spec), every part exactly as written: nothing is lower-cased. */
export interface PurlParts {
  readonly type: string;
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  readonly qualifiers: ReadonlyMap<string, string>;
}

/**
 * Splits a purl, or returns undefined where it is none. The purl library normalises names by the rules of their type
 * (PyPI and GitHub names become lower case), but advisories are looked up by the name as it was found.
 */
export function splitPurl(purl: string): PurlParts | undefined {
  const match = /^pkg:\/*([A-Za-z][A-Za-z0-9.+-]*)\/([^?#]+)(?:\?([^#]*))?(?:#.*)?$/.exec(purl);
  if (match === null) return undefined;
  const [, type = '', path = '', query = ''] = match;
  // The version follows the last `@`, unless that starts a part: a scope that was not escaped.
  const last = path.lastIndexOf('@');
  const at = last <= 0 || path[last - 1] === '/' ? -1 : last;
  const named = at < 0 ? path : path.slice(0, at);
  const parts = named
    .split('/')
    .filter((part) => part !== '')
    .map(decodePercent);
  const version = at < 0 ? undefined : decodePercent(path.slice(at + 1));
  const name = parts.pop();
  if (name === undefined || parts.includes(undefined) || (at >= 0 && version === undefined)) return undefined;
  return {
    type: type.toLowerCase(),
    ...(parts.length > 0 && { namespace: parts.join('/') }),
    name,
    ...(version !== undefined && version !== '' && { version }),
    qualifiers: qualifiersOf(query),
  };
}

function qualifiersOf(query: string): ReadonlyMap<string, string> {
  const qualifiers = new Map<string, string>();
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const value = equals <= 0 ? undefined : decodePercent(pair.slice(equals + 1));
    if (value !== undefined && value !== '') qualifiers.set(pair.slice(0, equals).toLowerCase(), value);
  }
  return qualifiers;
}

import { lines, Stanza } from '../../bytes/lines.ts';
import { authorText } from '../../detect/author.ts';

/** The header of a METADATA or PKG-INFO file (https://packaging.python.org/en/latest/specifications/core-metadata/). */
export interface PythonMetadata {
  readonly name: string;
  readonly version: string;
  /** `License-Expression`, else `License`, else the licence classifiers, as declared. */
  readonly licenses: readonly string[];
  /** Who made it, else who maintains it: `Name <address>`. */
  readonly author?: string;
  /** Names in `Requires-Dist` that no extra has to be chosen for, as written. */
  readonly requires: readonly string[];
}

/** Headers end at the first blank line; the rest is a description of any size. */
const HEADER_LINES = 5000;

/** Undefined where name or version is missing: such a distribution cannot be named. */
export function parseMetadata(text: string): PythonMetadata | undefined {
  const header = new Stanza(1);
  let count = 0;
  for (const line of lines(text)) {
    count += 1;
    if (line === '' || count > HEADER_LINES) break;
    header.add(line);
  }
  const name = header.get('Name');
  const version = header.get('Version');
  if (!name || !version || !NAME.test(name)) return undefined;
  const author =
    authorText(header.get('Author'), header.get('Author-email')) ??
    authorText(header.get('Maintainer'), header.get('Maintainer-email'));
  return {
    name,
    version,
    ...(author !== undefined && { author }),
    licenses: declaredLicenses(header),
    requires: header.all('Requires-Dist').flatMap(requirement),
  };
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/, blanks allowed as old tools wrote them. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]*$/;
const CLASSIFIER = 'License :: ';

function declaredLicenses(header: Stanza): string[] {
  const expression = header.get('License-Expression');
  if (expression) return [expression];
  const license = header.get('License')?.trim();
  const named = license && license !== 'UNKNOWN' && !license.includes('\n') ? [license] : [];
  const classified = header
    .all('Classifier')
    .filter((text) => text.startsWith(CLASSIFIER) && text !== 'License :: OSI Approved')
    .map((text) => text.slice(text.lastIndexOf(' :: ') + 4));
  return named.length > 0 ? named : classified;
}

/** `name[extra] (>=1) ; marker` (https://packaging.python.org/en/latest/specifications/dependency-specifiers/). */
function requirement(text: string): string[] {
  const [specifier = '', marker = ''] = text.split(';', 2);
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(specifier.trim())?.[0];
  return name === undefined || /\bextra\s*==/.test(marker) ? [] : [name];
}

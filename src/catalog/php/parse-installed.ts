import {
  isRecord,
  type JsonRecord,
  listField,
  ownField,
  parseJson,
  recordField,
  textField,
  textList,
} from '../../bytes/json.ts';
import { authorText } from '../../detect/author.ts';

/** One package of Composer's list of what it installed. */
export interface ComposerPackage {
  /** `vendor/name`. */
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly string[];
  readonly requires: readonly string[];
  /** Names it stands in for. */
  readonly provides: readonly string[];
  readonly development: boolean;
  /** Who made it: `Name <address>`. */
  readonly author?: string;
  readonly shasum?: string;
}

export interface InstalledJson {
  readonly packages: readonly ComposerPackage[];
  /** Entries without a name or version. */
  readonly lost: number;
}

/** Version 1 is a list, version 2 an object with `packages` (https://getcomposer.org/doc/articles/plugins.md); undefined for anything else. */
export function parseInstalled(text: string, depth: number): InstalledJson | undefined {
  const document = parseJson(text, depth);
  const list = isRecord(document) ? ownField(document, 'packages') : document;
  if (!Array.isArray(list)) return undefined;
  const development = new Set(isRecord(document) ? textList(document, 'dev-package-names').map(lowerCase) : []);
  const packages = list.flatMap((item) => toComposerPackage(item, development) ?? []);
  return { packages, lost: list.length - packages.length };
}

function toComposerPackage(item: unknown, development: ReadonlySet<string>): ComposerPackage | undefined {
  if (!isRecord(item)) return undefined;
  const name = textField(item, 'name');
  const version = textField(item, 'version');
  if (!name || !version) return undefined;
  const license = ownField(item, 'license');
  const [first] = listField(item, 'authors').filter(isRecord);
  const author = first && authorText(textField(first, 'name'), textField(first, 'email'));
  const shasum = textField(recordField(item, 'dist') ?? {}, 'shasum');
  return {
    name,
    version,
    licenses: typeof license === 'string' ? [license] : textList(item, 'license'),
    requires: keys(item, 'require').filter((required) => required.includes('/')),
    provides: [...keys(item, 'provide'), ...keys(item, 'replace')],
    development: development.has(lowerCase(name)),
    ...(author !== undefined && { author }),
    ...(shasum && { shasum }),
  };
}

/** Old packages state their names in mixed case; Composer's own lists do not. */
function lowerCase(name: string): string {
  return name.toLowerCase();
}

function keys(item: JsonRecord, field: string): string[] {
  return Object.keys(recordField(item, field) ?? {});
}

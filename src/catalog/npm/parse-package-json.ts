import { isRecord, type JsonRecord, listField, ownField, parseJson, recordField, textField } from '../../bytes/json.ts';
import { authorText } from '../../detect/author.ts';

/** What a `package.json` states (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  /** Texts as declared, in any of the forms npm ever accepted. */
  readonly licenses: readonly string[];
  /** Names of `dependencies` and `optionalDependencies`. */
  readonly dependencies: readonly string[];
  /** Who made it, else who maintains it: `Name <address>`. */
  readonly author?: string;
  /** Subresource integrity of the tarball, which npm before 7 wrote into the installed file. */
  readonly integrity?: string;
}

/** Undefined where the text is no JSON object. */
export function parsePackageJson(text: string, depth: number): PackageJson | undefined {
  const document = parseJson(text, depth);
  if (!isRecord(document)) return undefined;
  const name = textField(document, 'name')?.trim();
  const version = textField(document, 'version')?.trim();
  const integrity = textField(document, '_integrity');
  const author = person(ownField(document, 'author')) ?? person(listField(document, 'maintainers')[0]);
  return {
    ...(name && { name }),
    ...(version && { version }),
    ...(integrity && { integrity }),
    ...(author && { author }),
    licenses: declaredLicenses(document),
    dependencies: ['dependencies', 'optionalDependencies'].flatMap((field) =>
      Object.keys(recordField(document, field) ?? {}),
    ),
  };
}

/** `Name <address> (home page)`, or the same as an object (https://docs.npmjs.com/cli/configuring-npm/package-json#people-fields-author-contributors). */
function person(value: unknown): string | undefined {
  if (isRecord(value)) return authorText(textField(value, 'name'), textField(value, 'email'));
  return typeof value === 'string' ? authorText(value.replace(/\s*\([^()]*\)\s*$/, '')) : undefined;
}

/** `license: "MIT"`, `{type}`, or a list of either; `licenses`, the plural of old, alike. */
function declaredLicenses(document: JsonRecord): string[] {
  const texts: string[] = [];
  for (const field of ['license', 'licenses']) {
    const value = ownField(document, field);
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = isRecord(item) ? (textField(item, 'type') ?? textField(item, 'name')) : item;
      if (typeof text === 'string' && text.trim() !== '') texts.push(text.trim());
    }
  }
  return texts;
}

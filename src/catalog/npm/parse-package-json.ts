import { isRecord, type JsonRecord, ownField, parseJson, recordField, textField } from '../../bytes/json.ts';

/** What a `package.json` states (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  /** Texts as declared, in any of the forms npm ever accepted. */
  readonly licenses: readonly string[];
  /** Names of `dependencies` and `optionalDependencies`. */
  readonly dependencies: readonly string[];
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
  return {
    ...(name && { name }),
    ...(version && { version }),
    ...(integrity && { integrity }),
    licenses: declaredLicenses(document),
    dependencies: ['dependencies', 'optionalDependencies'].flatMap((field) =>
      Object.keys(recordField(document, field) ?? {}),
    ),
  };
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

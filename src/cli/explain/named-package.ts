import { type JsonRecord, textField } from '../../bytes/json.ts';
import { compilePurlPattern } from '../../policy/purl-pattern.ts';
import { fullName } from './full-name.ts';

/**
 * Whether a package answers to what a person wrote: its id, its purl (also without version or qualifiers), its name
 * with or without scope, group or module path, or one of these with a version (`lodash@4.17.15`, `lodash 4.17.15`).
 */
export function isPackageNamed(pkg: JsonRecord, written: string): boolean {
  const id = textField(pkg, 'id') ?? '';
  if (id === written) return true;
  if (/^pkg:/i.test(written)) return compilePurlPattern(written)?.matches(textField(pkg, 'purl') ?? id) === true;
  const wanted = written.toLowerCase();
  const version = textField(pkg, 'version') ?? '';
  return [textField(pkg, 'name') ?? '', fullName(pkg)].some((name) =>
    [name, `${name}@${version}`, `${name} ${version}`].some((known) => known.toLowerCase() === wanted),
  );
}

import { type JsonRecord, textField } from '../../bytes/json.ts';

/** A package as people name it: with its scope, group or module path, without a distribution before it. */
export function fullName(pkg: JsonRecord): string {
  const namespace = textField(pkg, 'namespace');
  const name = textField(pkg, 'name') ?? 'the package';
  if (namespace === undefined || ['deb', 'rpm', 'apk'].includes(textField(pkg, 'type') ?? '')) return name;
  return `${namespace}${textField(pkg, 'type') === 'maven' ? ':' : '/'}${name}`;
}

import { type JsonRecord, ownField, textField } from '../../bytes/json.ts';
import type { PackageDraft } from '../../model/package.ts';

/** `category/name` at `version[-rN]`, as Gentoo names it. */
export function toPackage(entry: JsonRecord): PackageDraft | undefined {
  const name = textField(entry, 'name');
  const version = textField(entry, 'version');
  if (name === undefined || name === '' || version === undefined || version === '') return undefined;
  const category = textField(entry, 'category');
  const revision = ownField(entry, 'revision');
  const hasRevision = /^[1-9]\d*$/.test(String(revision));
  return {
    type: 'cos',
    ...(category === undefined ? {} : { namespace: category }),
    name,
    version: hasRevision ? `${version}-r${String(revision)}` : version,
  };
}

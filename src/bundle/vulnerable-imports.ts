import { isRecord, listField, optional, ownField, textField, textList } from '../bytes/json.ts';
import type { VulnerableImport } from '../model/linked-code.ts';

/**
 * The vulnerable parts of a package, as `ecosystem_specific.imports` of the Go vulnerability database and our own records
 * state them. Undefined where nothing is stated or something of it is not understood: all of the package is affected then.
 */
export function readImports(value: unknown): readonly VulnerableImport[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const imports = value.map(readImport);
  return imports.every((one) => one !== undefined) ? imports : undefined;
}

function readImport(value: unknown): VulnerableImport | undefined {
  if (!isRecord(value) || !LISTS.every((name) => isTextList(ownField(value, name)))) return undefined;
  const path = textField(value, 'path');
  if (path === undefined || path === '') return undefined;
  const stated = (name: (typeof LISTS)[number]): readonly string[] | undefined =>
    listField(value, name).length === 0 ? undefined : textList(value, name).toSorted();
  return {
    path,
    ...optional('symbols', stated('symbols')),
    ...optional('goos', stated('goos')),
    ...optional('goarch', stated('goarch')),
  };
}

const LISTS = ['symbols', 'goos', 'goarch'] as const;

function isTextList(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
}

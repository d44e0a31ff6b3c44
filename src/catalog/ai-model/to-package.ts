import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';

/** A model file. Few of them state a version; then it stays empty, and the file's name stands in for a missing name. */
export function toPackage(
  path: string,
  format: 'gguf' | 'safetensors',
  facts: ReadonlyMap<string, string>,
): PackageDraft {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const name = first(facts, ['name', 'modelspec.title', 'basename']) ?? stem;
  const license = first(facts, ['license', 'modelspec.license']);
  const architecture = first(facts, ['architecture', 'modelspec.architecture']);
  const author = first(facts, ['author', 'organization', 'modelspec.author']);
  const licenses = normalizeLicenses(license === undefined ? [] : [license]);
  return {
    type: 'generic',
    name,
    version: first(facts, ['version']) ?? '',
    ...(licenses.length > 0 && { licenses }),
    properties: { model: format, ...(architecture && { architecture }), ...(author && { author }) },
  };
}

function first(facts: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  const values = names.map((name) => facts.get(name)?.trim());
  return values.find((value) => value !== undefined && value !== '' && value.length <= 300);
}

import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import { lookupName } from '../../versions/ecosystem.ts';
import type { PythonMetadata } from './parse-metadata.ts';

/** The distribution; names of requirements are compared in normalised form, which it therefore provides too. */
export function toPackage(metadata: PythonMetadata): PackageDraft {
  const { name, version } = metadata;
  const licenses = normalizeLicenses(metadata.licenses);
  const normalized = normalizedName(name);
  const dependsOn = [...new Set(metadata.requires.map(normalizedName))].sort();
  return {
    type: 'pypi',
    name,
    version,
    ...(licenses.length > 0 && { licenses }),
    ...(normalized !== name && { provides: [normalized] }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(metadata.author !== undefined && { properties: { author: metadata.author } }),
  };
}

function normalizedName(name: string): string {
  return lookupName('PyPI', name);
}

import type { PeVersion } from '../../bytes/executable/pe-version.ts';
import { authorText } from '../../detect/author.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { DotnetLibrary } from './parse-deps.ts';
import type { NugetReference } from './parse-packages-config.ts';

export function fromLibrary({ name, version, dependencies, sha512 }: DotnetLibrary): PackageDraft {
  const hash = sha512 === undefined ? '' : Buffer.from(sha512, 'base64').toString('hex');
  return {
    type: 'nuget',
    name,
    version,
    provides: [`${name}/${version}`],
    ...(dependencies.length > 0 && { dependsOn: [...dependencies].sort() }),
    ...(hash.length === 128 && { hashes: [{ algorithm: 'sha512', value: hash }] }),
  };
}

export function fromReference({ id, version, development }: NugetReference): PackageDraft {
  return { type: 'nuget', name: id, version, ...(development && { scope: 'development' as const }) };
}

/**
 * A library told by its version resource; undefined where that says no version. A list of deployed packages knows better:
 * the resource of System.Data.SqlClient 4.6.0 says 4.6.27110.4.
 */
export function fromAssembly(name: string, { fileVersion, strings }: PeVersion): PackageDraft | undefined {
  // Builds append the commit: `12.0.3+7c3d7f8da7e35dde8fa74188b0decff70f8f10e3`.
  const product = strings.get('ProductVersion')?.split('+')[0]?.trim() ?? '';
  const stated = /^\d+\.\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z.-]+)?$/.test(product) ? product : fileVersion;
  const version = stated.replace(/^(\d+\.\d+\.\d+)\.(?:0|\d{4,})$/, '$1');
  const vendor = authorText(strings.get('CompanyName'));
  const properties = { identified: 'version resource', ...(vendor !== undefined && { vendor }) };
  return version === '0.0.0' ? undefined : { type: 'nuget', name, version, unlessOwned: true, properties };
}

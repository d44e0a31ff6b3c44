import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { PackageJson } from './parse-package-json.ts';

/** The installed package of a manifest; `fallbackName` is the directory's, which npm uses where the manifest has no name. */
export function toPackage(manifest: PackageJson, fallbackName: string): PackageDraft | undefined {
  if (manifest.version === undefined) return undefined;
  const full = manifest.name ?? fallbackName;
  const slash = full.startsWith('@') ? full.indexOf('/') : -1;
  const name = full.slice(slash + 1);
  if (name === '' || name.includes('/')) return undefined;
  const licenses = normalizeLicenses(manifest.licenses);
  const hashes = integrityHashes(manifest.integrity);
  return {
    type: 'npm',
    ...(slash > 0 && { namespace: full.slice(0, slash) }),
    name,
    version: manifest.version,
    ...(licenses.length > 0 && { licenses }),
    ...(manifest.dependencies.length > 0 && { dependsOn: [...new Set(manifest.dependencies)].sort() }),
    ...(hashes.length > 0 && { hashes }),
    ...(manifest.author !== undefined && { properties: { author: manifest.author } }),
  };
}

/** `sha512-<base64>` (https://w3c.github.io/webappsec-subresource-integrity/); several are separated by blanks. */
function integrityHashes(integrity: string | undefined): { algorithm: string; value: string }[] {
  const hashes: { algorithm: string; value: string }[] = [];
  for (const item of (integrity ?? '').split(/\s+/)) {
    const match = /^(sha1|sha256|sha384|sha512)-([A-Za-z0-9+/]{27,88}={0,2})(?:\?|$)/.exec(item);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    hashes.push({ algorithm: match[1], value: Buffer.from(match[2], 'base64').toString('hex') });
  }
  return hashes;
}

import { normalizeCompound } from '../../detect/compound-license.ts';
import type { OwnedDigest, OwnerKey } from '../../detect/detector.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { InstalledRecord } from './parse-installed.ts';

/** Advisories are filed against the origin, whose version is that of the package. */
export function toPackage(record: InstalledRecord): PackageDraft {
  const properties = {
    ...(record.maintainer === undefined ? {} : { maintainer: record.maintainer }),
    ...(record.url === undefined ? {} : { homepage: record.url }),
    ...(record.commit === undefined ? {} : { commit: record.commit }),
  };
  return {
    type: 'apk',
    ofDistro: true,
    name: record.name,
    version: record.version,
    ...(record.architecture === undefined ? {} : { arch: record.architecture }),
    source: { name: record.origin ?? record.name, version: record.version },
    ...(record.license === undefined ? {} : { licenses: [normalizeCompound(record.license)] }),
    ...(record.dependsOn.length === 0 ? {} : { dependsOn: record.dependsOn }),
    ...(record.provides.length === 0 ? {} : { provides: record.provides }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

export function ownerOf(record: InstalledRecord): OwnerKey {
  const { name, version, architecture } = record;
  return { identity: { type: 'apk', name, version, ...(architecture === undefined ? {} : { arch: architecture }) } };
}

/** `Q1` is SHA-1, `Q2` SHA-256, both in Base64; 32 hex digits are the MD5 of old databases. */
export function toDigest(checksum: string | undefined): OwnedDigest | undefined {
  if (checksum === undefined) return undefined;
  if (/^[0-9a-f]{32}$/.test(checksum)) return { algorithm: 'md5', value: checksum };
  const value = Buffer.from(checksum.slice(2), 'base64').toString('hex');
  if (checksum.startsWith('Q1') && value.length === 40) return { algorithm: 'sha1', value };
  if (checksum.startsWith('Q2') && value.length === 64) return { algorithm: 'sha256', value };
  return undefined;
}

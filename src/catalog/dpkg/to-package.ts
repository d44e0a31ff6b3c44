import { normalizeCompound } from '../../detect/compound-license.ts';
import type { OwnerKey } from '../../detect/detector.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { StatusRecord } from './parse-status.ts';

/** A stanza as a package of type `deb` or `opkg`. */
export function toPackage(record: StatusRecord, type: 'deb' | 'opkg'): PackageDraft {
  return {
    type,
    ofDistro: true,
    name: record.name,
    version: record.version,
    ...(record.architecture === undefined ? {} : { arch: record.architecture }),
    source: { name: record.sourceName, version: record.sourceVersion },
    ...(record.license === undefined ? {} : { licenses: [normalizeCompound(record.license)] }),
    ...(record.dependsOn.length === 0 ? {} : { dependsOn: record.dependsOn }),
    ...(record.provides.length === 0 ? {} : { provides: record.provides }),
    ...propertiesOf(record),
  };
}

/** Who owns the files a stanza lists. */
export function ownerOf(record: StatusRecord, type: 'deb' | 'opkg'): OwnerKey {
  const { name, version, architecture } = record;
  return { identity: { type, name, version, ...(architecture === undefined ? {} : { arch: architecture }) } };
}

function propertiesOf(record: StatusRecord): Pick<PackageDraft, 'properties'> {
  const properties = {
    ...(record.maintainer === undefined ? {} : { maintainer: record.maintainer }),
    ...(record.state === undefined || record.state === 'installed' ? {} : { state: record.state }),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

import { normalizeCompound } from '../../detect/compound-license.ts';
import type { OwnedDigest, OwnerKey } from '../../detect/detector.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { HeaderFile, PackageHeader } from './parse-header.ts';

/** As `rpm -q --qf %{EVR}` prints it: the epoch only where the package states one, a stated 0 included. */
function versionOf(header: Pick<PackageHeader, 'epoch' | 'version' | 'release'>): string {
  return `${header.epoch === undefined ? '' : `${header.epoch}:`}${header.version}-${header.release}`;
}

export function toPackage(header: PackageHeader): PackageDraft {
  const source = sourceOf(header.sourceRpm);
  const dependsOn = [
    ...new Set(header.requires.filter((name) => !name.startsWith('rpmlib(') && !name.startsWith('('))),
  ];
  const properties = {
    ...(header.vendor === undefined ? {} : { vendor: header.vendor }),
    ...(header.packager === undefined ? {} : { packager: header.packager }),
    ...(header.url === undefined ? {} : { homepage: header.url }),
    ...(header.sourceRpm === undefined ? {} : { sourcerpm: header.sourceRpm }),
    ...(header.modularityLabel === undefined ? {} : { modularitylabel: header.modularityLabel }),
  };
  return {
    type: 'rpm',
    ofDistro: true,
    name: header.name,
    version: versionOf(header),
    ...(header.architecture === undefined ? {} : { arch: header.architecture }),
    ...(source === undefined ? {} : { source }),
    ...(header.license === undefined ? {} : { licenses: [normalizeCompound(header.license)] }),
    ...(header.epoch === undefined ? {} : { qualifiers: { epoch: String(header.epoch) } }),
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...(header.provides.length === 0 ? {} : { provides: [...new Set(header.provides)] }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

/** `name-version-release.src.rpm`; the epoch of a source package is not in its file name and so is not known. */
export function sourceOf(sourceRpm: string | undefined): { name: string; version: string } | undefined {
  const match = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm ?? '');
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { name: match[1], version: match[2] };
}

export function ownerOf(header: PackageHeader): OwnerKey {
  const { name, architecture } = header;
  return {
    identity: {
      type: 'rpm',
      name,
      version: versionOf(header),
      ...(architecture === undefined ? {} : { arch: architecture }),
    },
  };
}

/** Numbers of RFC 4880, section 9.4; a header without one uses MD5. */
const DIGEST_ALGORITHMS: ReadonlyMap<number, OwnedDigest['algorithm']> = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [8, 'sha256'],
  [10, 'sha512'],
]);

export function digestOf({ digest, mayChange }: HeaderFile, algorithm: number | undefined): OwnedDigest | undefined {
  const name = DIGEST_ALGORITHMS.get(algorithm ?? 1);
  if (digest === undefined || name === undefined) return undefined;
  return { algorithm: name, value: digest, ...(mayChange ? { mayChange } : {}) };
}

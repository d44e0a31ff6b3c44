import type { Distro } from '../model/distro.ts';
import { distroIdOf } from './name-table.ts';
import { parseOsRelease } from './parse-os-release.ts';

/** Fields that choose an advisory stream or say when support ends, and their names among the properties of a distro. */
const PROPERTY_FIELDS = [
  ['CPE_NAME', 'cpe'],
  ['VARIANT_ID', 'variant'],
  ['PLATFORM_ID', 'platform'],
  ['BUILD_ID', 'build'],
  ['SUPPORT_END', 'supportEnd'],
] as const;

/** The distro an os-release file names, or undefined where it names none. */
export function distroFromOsRelease(text: string): Distro | undefined {
  const fields = parseOsRelease(text);
  const name = fields.get('PRETTY_NAME') ?? fields.get('NAME');
  const id = fields.get('ID')?.toLowerCase() || distroIdOf(name ?? '');
  if (id === undefined) return undefined;
  const versionId = fields.get('VERSION_ID') || /\d+(?:\.\d+)*/.exec(fields.get('VERSION') ?? '')?.[0];
  const codename = codenameOf(fields);
  const properties: Record<string, string> = {};
  for (const [field, property] of PROPERTY_FIELDS) {
    const value = fields.get(field);
    if (value !== undefined && value !== '') properties[property] = value;
  }
  return {
    id,
    ...(versionId === undefined ? {} : { versionId }),
    ...(codename === undefined ? {} : { codename }),
    idLike: (fields.get('ID_LIKE') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
    prettyName: name ?? id,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

/** Debian before 9 has the codename only in `VERSION="8 (jessie)"`, rolling Debian only in `PRETTY_NAME` as `trixie/sid`. */
function codenameOf(fields: ReadonlyMap<string, string>): string | undefined {
  return (
    fields.get('VERSION_CODENAME') ||
    fields.get('UBUNTU_CODENAME') ||
    /\(([a-z]+)\)/.exec(fields.get('VERSION') ?? '')?.[1] ||
    /^Debian GNU\/Linux ([a-z]+)\/sid$/.exec(fields.get('PRETTY_NAME') ?? '')?.[1]
  );
}

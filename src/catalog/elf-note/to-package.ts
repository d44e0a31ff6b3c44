import { type JsonRecord, textField } from '../../bytes/json.ts';
import type { PackageDraft } from '../../model/package.ts';

/** Kinds of package that builders write as `type`. */
const TYPES = ['deb', 'rpm', 'apk', 'alpm'];

/** The package an executable says it comes from; undefined where type, name or version is missing or not known. */
export function toPackage(note: JsonRecord): PackageDraft | undefined {
  const type = textField(note, 'type');
  const name = textField(note, 'name');
  const version = textField(note, 'version');
  if (type === undefined || !TYPES.includes(type) || !name || !version) return undefined;
  const os = textField(note, 'os');
  const osVersion = textField(note, 'osVersion');
  const cpe = textField(note, 'osCpe');
  const arch = textField(note, 'architecture');
  return {
    type,
    ...(os === undefined ? {} : { namespace: os }),
    name,
    version,
    unlessOwned: true,
    ...(arch === undefined ? {} : { arch }),
    ...(os === undefined || osVersion === undefined ? {} : { qualifiers: { distro: `${os}-${osVersion}` } }),
    properties: { embedded: 'elf-note', ...(cpe === undefined ? {} : { cpe }) },
  };
}

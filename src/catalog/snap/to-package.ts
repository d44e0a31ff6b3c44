import { isRecord, type JsonRecord, ownField, recordField, textField, textList } from '../../bytes/json.ts';
import { normalizeLicense } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';

/** The snap itself; undefined where the document states no name or version (base snaps' package lists). */
export function snapOf(document: JsonRecord): PackageDraft | undefined {
  const name = textField(document, 'name');
  const version = textField(document, 'version');
  if (!name || !version) return undefined;
  const license = textField(document, 'license');
  const [arch] = textList(document, 'architectures');
  const base = textField(document, 'base');
  const properties = { ...(base === undefined ? {} : { base }) };
  return {
    type: 'snap',
    name,
    version,
    ...(arch === undefined ? {} : { arch }),
    ...(license === undefined ? {} : { licenses: [normalizeLicense(license)] }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

/** Debian packages unpacked into the snap, as `name=version`: of the whole snap, of its parts, or of a base snap. */
export function stagedPackages(document: JsonRecord, snap: string | undefined): PackageDraft[] {
  const lists = [textList(document, 'primed-stage-packages'), textList(document, 'packages')];
  const parts = recordField(document, 'parts') ?? {};
  for (const name of Object.keys(parts)) {
    const part = ownField(parts, name);
    if (isRecord(part)) lists.push(textList(part, 'stage-packages'));
  }
  const staged = new Map<string, PackageDraft>();
  for (const text of lists.flat()) {
    const match = /^([a-z0-9][a-z0-9+.-]+)(?::([a-z0-9-]+))?=(\S+)$/.exec(text);
    if (match?.[1] === undefined || match[3] === undefined) continue;
    staged.set(text, {
      type: 'deb',
      namespace: 'ubuntu',
      name: match[1],
      version: match[3],
      ...(match[2] === undefined ? {} : { arch: match[2] }),
      ...(snap === undefined ? {} : { properties: { snap } }),
    });
  }
  return [...staged.values()];
}

import { PackageURL } from 'packageurl-js';
import type { PackageDraft } from '../model/package.ts';

/** The purl of a package (https://github.com/package-url/purl-spec). Distro packages get the distro as namespace. */
export function packageUrl(draft: PackageDraft, distroId: string | undefined): string {
  const namespace = draft.namespace ?? (draft.ofDistro === true ? distroId : undefined);
  const qualifiers: Record<string, string> = { ...draft.qualifiers };
  if (draft.arch !== undefined) qualifiers['arch'] = draft.arch;
  const version = draft.version === '' ? undefined : withoutEpoch(draft);
  return new PackageURL(draft.type, namespace, draft.name, version, qualifiers, draft.subpath).toString();
}

/** Types whose purl carries the epoch as a qualifier (rpm) do not repeat it in the version. */
function withoutEpoch(draft: PackageDraft): string {
  const epoch = draft.qualifiers?.['epoch'];
  return epoch !== undefined && draft.version.startsWith(`${epoch}:`)
    ? draft.version.slice(epoch.length + 1)
    : draft.version;
}

import { PackageURL } from 'packageurl-js';
import type { PackageDraft } from '../model/package.ts';

/** The purl of a package (https://github.com/package-url/purl-spec). Distro packages get the distro as namespace. */
export function packageUrl(draft: PackageDraft, distroId: string | undefined): string {
  const namespace = draft.namespace ?? (draft.ofDistro === true ? distroId : undefined);
  const qualifiers: Record<string, string> = { ...draft.qualifiers };
  if (draft.arch !== undefined) qualifiers['arch'] = draft.arch;
  const version = draft.version === '' ? undefined : draft.version;
  return new PackageURL(draft.type, namespace, draft.name, version, qualifiers, draft.subpath).toString();
}

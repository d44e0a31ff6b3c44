import { PackageURL } from 'packageurl-js';
import type { PackageDraft } from '../model/package.ts';

/** The purl of a package (https://github.com/package-url/purl-spec). Distro packages get the distro as namespace. */
export function packageUrl(draft: PackageDraft, distroId: string | undefined): string {
  const namespace = draft.namespace ?? (draft.ofDistro === true ? distroId : undefined);
  const qualifiers: Record<string, string> = { ...draft.qualifiers };
  if (draft.arch !== undefined) qualifiers['arch'] = draft.arch;
  const version = draft.version === '' ? undefined : withoutEpoch(draft);
  try {
    return new PackageURL(draft.type, namespace, draft.name, version, qualifiers, draft.subpath).toString();
  } catch {
    // The library refuses names that the rules of their type forbid.
    return plainPurl({ type: draft.type, namespace, name: draft.name, version });
  }
}

/**
 * Images hold packages that the rules of a type forbid (a jar without group, a name of blanks): they still get an id,
 * percent-encoded throughout.
 */
function plainPurl(parts: {
  readonly type: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly version: string | undefined;
}): string {
  const segments = [...(parts.namespace ?? '').split('/'), parts.name].filter((segment) => segment !== '');
  const path = segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/');
  const version = parts.version === undefined ? '' : `@${encodeURIComponent(parts.version.toWellFormed())}`;
  return `pkg:${parts.type}/${path}${version}`;
}

/** Types whose purl carries the epoch as a qualifier (rpm) do not repeat it in the version. */
function withoutEpoch(draft: PackageDraft): string {
  const epoch = draft.qualifiers?.['epoch'];
  return epoch !== undefined && draft.version.startsWith(`${epoch}:`)
    ? draft.version.slice(epoch.length + 1)
    : draft.version;
}

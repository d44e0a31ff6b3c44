import type { PackageDraft } from '../model/package.ts';
import type { Observation, OwnedDigest, OwnerKey } from './detector.ts';

/** A package; `path` where it lies elsewhere than the file that names it. */
export function packageFound(draft: PackageDraft, path?: string): Observation {
  return { kind: 'package', package: draft, ...(path === undefined ? {} : { path }) };
}

export function ownedFile(owner: OwnerKey, path: string, digest?: OwnedDigest): Observation {
  return { kind: 'owned-file', owner, path, ...(digest === undefined ? {} : { digest }) };
}

/** Records of a package database that could not be read: `lost` says which, and why. */
export function databaseDamaged(lost: string): Observation {
  return { kind: 'problem', problem: { code: 'PLM_DATABASE_DAMAGED', detail: lost } };
}

/** A package database that names no package: its packages are unknown, not absent. */
export function databaseEmpty(title: string): Observation {
  return {
    kind: 'problem',
    problem: {
      code: 'PLM_DATABASE_EMPTY',
      detail: `${title} names no package: packages installed through it are not in this report`,
    },
  };
}

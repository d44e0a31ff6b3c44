import type { Package, PackageDraft } from '../model/package.ts';
import { type AssembledPackage, evidenceRoot } from './assemble-packages.ts';
import type { EvidenceDigests, LayerDetections, OwnedFiles } from './detection.ts';
import type { OwnedDigest, OwnerKey } from './detector.ts';
import type { PathHistory } from './path-history.ts';

/** Which package's file list holds a path of the final file system. */
export interface OwnedFile {
  readonly owner: AssembledPackage;
  /** Layer from which on the owner is installed in this version: later writers of the path are not the owner. */
  readonly since: number;
  readonly digest?: OwnedDigest;
}

export interface Ownership {
  /** True where some package database lists files at all. */
  readonly known: boolean;
  of(path: string): OwnedFile | undefined;
}

/**
 * Reads the file lists of the packages that are present. `resolveDirectory` answers for symlinked directories, since
 * databases of merged-usr systems still say `/bin/ls`.
 */
export function readOwnership(
  layers: readonly LayerDetections[],
  packages: readonly AssembledPackage[],
  history: PathHistory,
  resolveDirectory: (directory: string) => string,
): Ownership {
  const find = ownerIndex(packages);
  const files = new Map<string, OwnedFile>();
  const directories = new Map<string, string>();
  const canonical = (path: string): string => {
    const cut = path.lastIndexOf('/');
    const directory = path.slice(0, cut);
    let resolved = directories.get(directory);
    if (resolved === undefined) {
      resolved = directory === '' ? '' : resolveDirectory(directory);
      directories.set(directory, resolved);
    }
    // nearly all: the text that is there already serves, instead of one more per file
    if (resolved === directory) return path;
    return `${resolved === '/' ? '' : resolved}${path.slice(cut)}`;
  };
  // A function of its own: compiled as part of the loops around it, it would be given up at the end of every list.
  const claim = (list: OwnedFiles, owner: AssembledPackage): void => {
    const since = owner.claims.reduce((last, run) => Math.max(last, run.from), -1);
    const withoutDigest = { owner, since };
    for (const [index, path] of list.paths.entries()) {
      const digest = list.digests?.[index];
      const owned = digest === undefined ? withoutDigest : { owner, since, digest };
      const place = canonical(path);
      const before = files.get(place);
      if (before === undefined || !yields(owned, before)) files.set(place, owned);
    }
  };
  for (const [layer, detections] of layers.entries()) {
    for (const list of detections.owned) {
      const instance = history(evidenceRoot(list.evidence)).find((candidate) => candidate.layer === layer);
      if (instance?.removedIn !== undefined) continue;
      const owner = find(list.owner);
      if (owner === undefined) continue;
      claim(list, owner);
    }
  }
  return { known: files.size > 0, of: (path) => files.get(path) };
}

/** A wheel's RECORD lists itself: where the distro installed the wheel, the distro owns it. Among equals, digests win. */
function yields(claim: OwnedFile, before: OwnedFile): boolean {
  const ofDistro = claim.owner.draft.ofDistro === true;
  const beforeOfDistro = before.owner.draft.ofDistro === true;
  if (ofDistro !== beforeOfDistro) return beforeOfDistro;
  return claim.digest === undefined && before.digest !== undefined;
}

function ownerIndex(packages: readonly AssembledPackage[]): (key: OwnerKey) => AssembledPackage | undefined {
  const byName = new Map<string, AssembledPackage>();
  const byEvidence = new Map<string, AssembledPackage>();
  for (const entry of packages) {
    // What a file only says about itself lists no files.
    if (entry.package.state !== 'present' || entry.draft.unlessOwned === true) continue;
    const { type, name, arch } = entry.package;
    byName.set(`${type}\0${name}`, entry);
    byName.set(`${type}\0${name}\0${arch ?? ''}`, entry);
    for (const run of entry.claims) byEvidence.set(run.claim.evidence, entry);
  }
  return (key) => {
    if ('evidence' in key) return byEvidence.get(key.evidence);
    const { type, name, arch } = key.identity;
    return (
      byName.get(arch === undefined ? `${type}\0${name}` : `${type}\0${name}\0${arch}`) ??
      byName.get(`${type}\0${name}`)
    );
  };
}

/**
 * The OS package that a package of another kind belongs to, or the package of its own kind for what a file only says about
 * itself: its evidence stands in that package's file list and is as the list's digest says or, without a digest, was not
 * written again by a later layer.
 */
export function ownerOf(entry: AssembledPackage, ownership: Ownership): Package['id'] | undefined {
  if (entry.draft.ofDistro === true || entry.package.state !== 'present') return undefined;
  const owners = entry.claims.map((run) => {
    const owned = ownership.of(evidenceRoot(run.claim.evidence));
    if (owned === undefined || owned.owner === entry || !mayOwn(owned.owner.draft, entry.draft)) return undefined;
    const nested = run.claim.evidence.includes('!/');
    return isUntouched(owned, run.from, nested ? undefined : run.claim.digests) ? owned.owner.package.id : undefined;
  });
  return owners.every((owner) => owner !== undefined) ? owners[0] : undefined;
}

function mayOwn(owner: PackageDraft, draft: PackageDraft): boolean {
  return owner.ofDistro === true || (draft.unlessOwned === true && owner.type === draft.type);
}

/** Whether a file is still the one its owner installed. */
export function isUntouched(owned: OwnedFile, layer: number, digests: EvidenceDigests | undefined): boolean {
  const stated = owned.digest;
  if (stated !== undefined && digests !== undefined && stated.algorithm !== 'sha512')
    return digests[stated.algorithm] === stated.value;
  return layer <= owned.since;
}

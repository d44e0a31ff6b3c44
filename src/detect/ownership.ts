import type { Package, PackageDraft } from '../model/package.ts';
import { type AssembledPackage, evidenceRoot } from './assemble-packages.ts';
import type { EvidenceDigests, LayerDetections } from './detection.ts';
import type { OwnedDigest, OwnerKey } from './detector.ts';
import { OwnedIndex } from './owned-index.ts';
import type { PathHistory } from './path-history.ts';

/** Which package's file list holds a path of the final file system. */
export interface OwnedFile {
  readonly owner: AssembledPackage;
  /** Layer from which on the owner is installed in this version: later writers of the path are not the owner. */
  readonly since: number;
  readonly digest?: OwnedDigest;
  /** What the lists of other packages that share the file state. */
  readonly others?: readonly OwnedDigest[];
}

export interface Ownership {
  /** True where some package database lists files at all. */
  readonly known: boolean;
  of(path: string): OwnedFile | undefined;
  /** Every path that a file list holds. */
  entries(): Iterable<readonly [path: string, file: OwnedFile]>;
}

/** More packages than that share no real file. */
const MOST_OTHERS = 8;

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
  const rows = layers.reduce((sum, { owned }) => sum + owned.reduce((all, { nameEnd }) => all + nameEnd.length, 0), 0);
  const index = new OwnedIndex(rows);
  const claims = new ListClaims();
  // A wheel's RECORD lists itself: where the distro installed the wheel, the distro owns it. Among equals, digests win.
  const yields = (row: number, before: number): boolean => {
    const ofDistro = claims.of(row).owner.draft.ofDistro === true;
    const beforeOfDistro = claims.of(before).owner.draft.ofDistro === true;
    if (ofDistro !== beforeOfDistro) return beforeOfDistro;
    return !index.hasDigest(row) && index.hasDigest(before);
  };
  const find = ownerIndex(packages);
  for (const [layer, detections] of layers.entries()) {
    for (const files of detections.owned) {
      const first = index.add(files, resolveDirectory);
      let from = first;
      for (const list of files.lists) {
        const instance = history(evidenceRoot(list.evidence)).find((candidate) => candidate.layer === layer);
        const owner = instance?.removedIn === undefined ? find(list.owner) : undefined;
        const end = first + list.end;
        claims.add(end, owner);
        if (owner !== undefined) for (let row = from; row < end; row += 1) index.claim(row, yields);
        from = end;
      }
    }
  }
  const fileOf = (row: number): OwnedFile => {
    const digest = index.digest(row);
    const others = [...index.others(row, MOST_OTHERS)];
    return {
      ...claims.of(row),
      ...(digest === undefined ? {} : { digest }),
      ...(others.length === 0 ? {} : { others }),
    };
  };
  return {
    known: index.size > 0,
    of: (path) => {
      const row = index.find(path);
      return row === undefined ? undefined : fileOf(row);
    },
    *entries() {
      for (const row of index.rows()) yield [index.path(row), fileOf(row)] as const;
    },
  };
}

type ListClaim = Pick<OwnedFile, 'owner' | 'since'>;

/** Whose list a row is in. */
class ListClaims {
  readonly #ends: number[] = [];
  readonly #claims: (ListClaim | undefined)[] = [];

  /** The next list: its end, and the package it is of where that is installed. */
  add(end: number, owner: AssembledPackage | undefined): void {
    this.#ends.push(end);
    const since = owner?.claims.reduce((last, run) => Math.max(last, run.from), -1) ?? -1;
    this.#claims.push(owner === undefined ? undefined : { owner, since });
  }

  of(row: number): ListClaim {
    let low = 0;
    let high = this.#ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] ?? 0) > row) high = middle;
      else low = middle + 1;
    }
    const claim = this.#claims[low];
    if (claim === undefined) throw new Error('a file of no package');
    return claim;
  }
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

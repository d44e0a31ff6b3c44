import type { LayerDetections } from '../detect/detection.ts';
import { relationsOf } from '../detect/draft-keeper.ts';
import { packHeld } from '../detect/held-file.ts';
import { ownedFilesBytes } from '../detect/owned-files.ts';
import { assertImagePackages } from '../layers/image-room.ts';
import type { Limits } from '../limits.ts';
import { counted } from '../model/counted.ts';
import type { PackageDraft } from '../model/package.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { SecretDraft } from '../secrets/draft.ts';

/** What was found in a layer, or in one archive of it. */
export interface Finds {
  readonly detections: LayerDetections;
  readonly secrets: readonly SecretDraft[];
  /** What was found and is not kept. */
  readonly lost?: LostFinds;
  /** Where anything was lost, what all of it took before. */
  readonly took?: Taken;
}

export interface LostFinds {
  readonly secrets: number;
  /** Names that packages need or provide. */
  readonly relations: number;
  /** Files of packages. */
  readonly owned: number;
  /** Files for detectors that read several. */
  readonly held: number;
}

/** What finds take of what may be kept. */
export interface Taken {
  readonly packages: number;
  readonly secrets: number;
  readonly relations: number;
  readonly ownedBytes: number;
  readonly heldBytes: number;
}

/** A part, and what it took before anything of it was lost. */
interface Held<Part> {
  readonly part: Part;
  readonly own: Taken;
}

/**
 * Holds what was found in many parts, and no more of it than may be kept of an image: what comes last in the order given is
 * lost first, and from the first part that does not fit on nothing of its kind is kept. The outcome does not depend on the
 * order in which parts are added, nor on other keepers that some of them went through before.
 */
export class FindsKeeper<Part extends Finds> {
  readonly #limits: Limits;
  readonly #order: (left: Part, right: Part) => number;
  #parts: Held<Part>[] = [];
  /** What all parts took when they came, and what they take now. */
  #came: Taken = NOTHING;
  #taken: Taken = NOTHING;
  #packs = false;

  constructor(limits: Limits, order: (left: Part, right: Part) => number) {
    this.#limits = limits;
    this.#order = order;
  }

  /** Throws PLM_LIMIT where there are too many packages. */
  add(part: Part): void {
    const has = takenBy(part);
    const own = part.took ?? has;
    this.#parts.push({ part, own });
    this.#came = sum(this.#came, own);
    this.#taken = sum(this.#taken, has);
    assertImagePackages(this.#came.packages, this.#limits);
    // only at twice the limits where parts are many, which would all be looked through for each other
    if (this.#isBeyond(this.#taken, this.#parts.length < FEW_PARTS ? 1 : 2)) this.#trim();
  }

  /** All parts in order. */
  finish(): readonly Part[] {
    if (this.#isBeyond(this.#came, 1)) this.#trim();
    return this.#parts
      .map(({ part, own }) => (part.lost === undefined ? part : { ...part, took: own }))
      .sort(this.#order);
  }

  #isBeyond({ secrets, relations, ownedBytes, heldBytes }: Taken, times: number): boolean {
    const { layerSecrets, imageRelations, ownedFilesBytes: owned } = this.#limits;
    return (
      heldBytes > UNPACKED_BYTES ||
      secrets > layerSecrets * times ||
      relations > imageRelations * times ||
      ownedBytes > owned * times
    );
  }

  #trim(): void {
    this.#packs ||= this.#taken.heldBytes > UNPACKED_BYTES;
    let before = NOTHING;
    let taken = NOTHING;
    this.#parts = this.#parts
      .sort((left, right) => this.#order(left.part, right.part))
      .map((held) => {
        const { part, own } = this.#packs ? withPacked(held) : held;
        const kept = within(part, { own, before }, this.#limits);
        before = sum(before, own);
        taken = sum(taken, takenBy(kept));
        return { part: kept, own };
      });
    this.#taken = taken;
  }
}

/** Layers of most images. */
const FEW_PARTS = 128;

const NOTHING: Taken = { packages: 0, secrets: 0, relations: 0, ownedBytes: 0, heldBytes: 0 };

/** Held files are packed beyond this: databases that twenty layers each changed take a gigabyte. */
const UNPACKED_BYTES = 96 * 1024 * 1024;
/** Packed bytes of held files of all layers. */
const HELD_BYTES = 128 * 1024 * 1024;

/** What several parts lost. */
export function joinLost(parts: readonly Finds[]): Pick<Finds, 'lost'> {
  const all = parts.flatMap(({ lost }) => lost ?? []);
  if (all.length === 0) return {};
  return { lost: all.reduce(addLost) };
}

/** What a layer lost, in words. */
export function lossProblems({ secrets, relations, owned, held }: LostFinds): readonly ProblemDraft[] {
  const beyond = 'beyond what is kept of an image';
  return [
    ...(secrets === 0
      ? []
      : [{ code: 'PLM_SECRET_LIMIT', detail: `${counted(secrets, 'finding')} in this layer, ${beyond}` }]),
    ...(relations === 0
      ? []
      : [
          { code: 'PLM_LIMIT', detail: `what packages of this layer need of each other is ${beyond}: it is not known` },
        ]),
    ...(owned === 0
      ? []
      : [
          {
            code: 'PLM_LIMIT',
            detail: `file lists of this layer with ${counted(owned, 'file')} are ${beyond}: who owns these is not known`,
          },
        ]),
    ...(held === 0
      ? []
      : [
          {
            code: 'PLM_LIMIT',
            detail: `${counted(held, 'package database')} of this layer ${held === 1 ? 'is' : 'are'} ${beyond}: packages named there are missing`,
          },
        ]),
  ];
}

/** The part as it fits behind what came before it in the order. */
function within<Part extends Finds>(
  part: Part,
  { own, before }: Record<'own' | 'before', Taken>,
  limits: Limits,
): Part {
  const has = takenBy(part);
  const secrets = part.secrets.slice(0, Math.max(0, limits.layerSecrets - before.secrets));
  const losesRelations = has.relations > 0 && before.relations + own.relations > limits.imageRelations;
  const losesOwned = has.ownedBytes > 0 && before.ownedBytes + own.ownedBytes > limits.ownedFilesBytes;
  const losesHeld = has.heldBytes > 0 && before.heldBytes + own.heldBytes > HELD_BYTES;
  const lost = {
    secrets: part.secrets.length - secrets.length,
    relations: losesRelations ? has.relations : 0,
    owned: losesOwned ? part.detections.owned.reduce((rows, { nameEnd }) => rows + nameEnd.length, 0) : 0,
    held: losesHeld ? part.detections.held.length : 0,
  };
  if (lost.secrets + lost.relations + lost.owned + lost.held === 0) return part;
  const { packages } = part.detections;
  return {
    ...part,
    secrets,
    detections: {
      ...part.detections,
      ...(losesRelations
        ? { packages: packages.map((claim) => ({ ...claim, draft: withoutRelations(claim.draft) })) }
        : {}),
      ...(losesOwned ? { owned: [] } : {}),
      ...(losesHeld ? { held: [] } : {}),
    },
    lost: part.lost === undefined ? lost : addLost(part.lost, lost),
  };
}

function withPacked<Part extends Finds>({ part, own }: Held<Part>): Held<Part> {
  if (part.detections.held.length === 0) return { part, own };
  const held = part.detections.held.map((file) => (file.packed === undefined ? packHeld(file) : undefined) ?? file);
  const packed = { ...part, detections: { ...part.detections, held } };
  return { part: packed, own: { ...own, heldBytes: takenBy(packed).heldBytes } };
}

function withoutRelations({ dependsOn: _needed, provides: _provided, ...draft }: PackageDraft): PackageDraft {
  return draft;
}

function takenBy({ detections, secrets }: Finds): Taken {
  return {
    packages: detections.packages.length,
    secrets: secrets.length,
    relations: detections.packages.reduce((names, { draft }) => names + relationsOf(draft), 0),
    ownedBytes: detections.owned.reduce((bytes, owned) => bytes + ownedFilesBytes(owned), 0),
    heldBytes: detections.held.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

function sum(left: Taken, right: Taken): Taken {
  return {
    packages: left.packages + right.packages,
    secrets: left.secrets + right.secrets,
    relations: left.relations + right.relations,
    ownedBytes: left.ownedBytes + right.ownedBytes,
    heldBytes: left.heldBytes + right.heldBytes,
  };
}

function addLost(left: LostFinds, right: LostFinds): LostFinds {
  return {
    secrets: left.secrets + right.secrets,
    relations: left.relations + right.relations,
    owned: left.owned + right.owned,
    held: left.held + right.held,
  };
}

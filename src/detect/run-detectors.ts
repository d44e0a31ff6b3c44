import { hash } from 'node:crypto';
import { NestedBudgetSpent, nestedBudget } from '../archive-formats/nested.ts';
import { ProblemError, zipMembers } from '../archive-formats/zip.ts';
import { assertImagePackages } from '../layers/image-room.ts';
import type { Limits } from '../limits.ts';
import { counted } from '../model/counted.ts';
import type { PackageDraft } from '../model/package.ts';
import type { Problem, ProblemDraft } from '../model/problem.ts';
import type { EvidenceDigests, Fact, HeldFile, LayerDetections, PackageClaim } from './detection.ts';
import type { ArchiveMember, DetectContext, Detector, FileView, Observation } from './detector.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { type FileInput, packHeld } from './held-file.ts';
import { OwnedFilesBuilder } from './owned-files.ts';
import type { Wanted } from './route.ts';

/** Evidence above this size is not hashed: large files are proof by themselves and hashing them would cost more than reading. */
const HASHED_EVIDENCE_BYTES = 256 * 1024;
/** Bytes held per layer for detectors with companions; package databases of this kind stay below 32 MiB. */
const HELD_BYTES = 96 * 1024 * 1024;
/** Of these, what is held as it is: databases of most images. */
const UNPACKED_BYTES = 32 * 1024 * 1024;

/** The text of a file takes up to twice its bytes, beside them; databases and lock files stay far below. */
const TEXT_BYTES = 64 * 1024 * 1024;

/** Characters of the name and the version of a package: paths end there, and a name is a part of one. */
const MAX_IDENTITY = 4096;

const ELSEWHERE = 'the package database of another system, in an archive: packages of that system are not listed';

const decoder = new TextDecoder('utf-8');

/** Packages as they are handed over to be installed: what lies in them is not installed. Caches keep some without the ending that tells. */
const WAITING = new RegExp(
  [
    /\.(?:d?deb|udeb|rpm|ipk|apk|whl|gem|nupkg|crate|conda)/,
    // pip
    /\/http(?:-v2)?\/(?:[0-9a-f]\/){5}[0-9a-f]{40,64}\.body/,
    // npm
    /\/_cacache\/content-v2\/sha\d{1,3}\/[0-9a-f/]{40,140}/,
    // NuGet
    /\/nupkg_[^/!]{1,255}\.dat/,
    // Composer
    /\/(?:\.composer\/cache|\.cache\/composer)\/files\/[^/!]{1,255}\/[^/!]{1,255}\/[0-9a-f]{40}\.zip/,
  ]
    .map((download) => `${download.source}!/`)
    .join('|'),
  'i',
);

/** Collects what all detectors find in one layer; turns their throws into problems that name the coverage lost. */
export class DetectionCollector {
  readonly #limits: Limits;
  readonly #layer: number;
  readonly #visited: { path: string; entry: number }[] = [];
  readonly #packages: PackageClaim[] = [];
  readonly #drafts: DraftKeeper;
  #relationsLost = false;
  /** None in most layers and archives. */
  #owned: OwnedFilesBuilder | undefined;
  #ownersLost = false;
  readonly #distros: { path: string; distro: LayerDetections['distros'][number]['distro']; precedence: number }[] = [];
  readonly #facts: Fact[] = [];
  readonly #held: HeldFile[] = [];
  readonly #problems: Problem[] = [];
  #heldBytes = 0;

  constructor(layer: number, limits: Limits) {
    this.#layer = layer;
    this.#limits = limits;
    this.#drafts = new DraftKeeper(limits.imageRelations);
  }

  /** Notes a file whose fate in the image matters to what was found in it. */
  noteVisited(path: string, entry: number): void {
    this.#visited.push({ path, entry });
  }

  /**
   * Runs the wanted detectors on one file and holds its bytes where they are needed later: never those of a member.
   * Members of package files (caches of apt, dnf, pip…) are passed over: nothing there is installed. Throws PLM_LIMIT
   * where the layer names too many packages.
   */
  visit(file: FileInput, wanted: Wanted): void {
    assertImagePackages(this.#packages.length, this.#limits);
    if (file.entry !== undefined) this.noteVisited(file.path, file.entry);
    else if (WAITING.test(file.path)) return;
    if (wanted.hold && file.entry !== undefined) this.#hold(file);
    for (const detector of wanted.now) this.run(detector, file, NO_SIBLINGS);
  }

  /** Runs one detector on one file. */
  run(detector: Detector, file: FileInput, siblings: SiblingLookup): void {
    const context = this.#context(file);
    let digests: EvidenceDigests | undefined;
    let count = 0;
    let packages = 0;
    let elsewhere = false;
    let endless = 0;
    try {
      for (const observation of detector.detect(toView(file, siblings), context)) {
        count += 1;
        if (observation.kind !== 'owned-file') packages += 1;
        if (count > this.#limits.observationsPerFile || packages > this.#limits.packagesPerFile) {
          const detail = `${detector.id} stopped after ${count - 1} records; the rest of the file was not read`;
          this.problem(file.path, { code: 'PLM_LIMIT', detail });
          break;
        }
        if (observation.kind === 'package' && observation.package.ofDistro === true && file.path.includes('!/')) {
          elsewhere = true;
        } else if (observation.kind === 'package' && isEndless(observation.package)) {
          endless += 1;
        } else if (observation.kind === 'package') {
          digests ??= evidenceDigests(file.bytes);
          this.#packages.push({
            detector: detector.id,
            evidence: file.path,
            path: observation.path ?? file.path,
            draft: this.#keep(file, observation.package),
            ...(digests === undefined ? {} : { digests }),
          });
        } else this.#take(detector, file.path, observation);
      }
      if (endless > 0) {
        const detail = `${counted(endless, 'package')} whose name and version have more than ${MAX_IDENTITY} characters: not listed`;
        this.problem(file.path, { code: 'PLM_LIMIT', detail });
      }
      if (elsewhere) this.problem(file.path, { code: 'PLM_NESTED_UNSUPPORTED', detail: ELSEWHERE });
    } catch (error) {
      this.problem(
        file.path,
        problemOf(error, `${detector.title}: the file could not be read, packages it names are missing`),
      );
    }
  }

  problem(path: string, problem: ProblemDraft): void {
    this.#problems.push({ code: problem.code, layer: this.#layer, path, detail: problem.detail });
  }

  result(): LayerDetections {
    return {
      visited: this.#visited,
      packages: this.#packages,
      owned: this.#owned === undefined ? [] : [this.#owned.finish()],
      distros: this.#distros,
      facts: this.#facts,
      held: this.#held,
      problems: this.#problems,
    };
  }

  #take(detector: Detector, path: string, observation: Exclude<Observation, { kind: 'package' }>): void {
    switch (observation.kind) {
      case 'owned-file':
        this.#own(path, observation);
        break;
      case 'distro':
        this.#distros.push({ path, distro: observation.distro, precedence: observation.precedence });
        break;
      case 'fact':
        this.#facts.push({
          detector: detector.id,
          path: observation.path ?? path,
          name: observation.name,
          value: observation.value,
        });
        break;
      case 'problem':
        this.problem(path, observation.problem);
        break;
    }
  }

  #keep(file: FileInput, draft: PackageDraft): PackageDraft {
    const kept = this.#drafts.keep(draft, file.bytes.length);
    if (this.#drafts.relations > this.#limits.imageRelations && !this.#relationsLost) {
      this.#relationsLost = true;
      const detail =
        'packages need or provide more others than are kept of an image: what those need that come later, here and in other files of the layer, is not known';
      this.problem(file.path, { code: 'PLM_LIMIT', detail });
    }
    return kept;
  }

  #own(evidence: string, observation: Extract<Observation, { kind: 'owned-file' }>): void {
    this.#owned ??= new OwnedFilesBuilder();
    if (this.#owned.bytes <= this.#limits.ownedFilesBytes) this.#owned.add(evidence, observation);
    else if (!this.#ownersLost) {
      this.#ownersLost = true;
      const detail =
        'file lists of packages take more than is kept of an image: who owns the files that come later, here and in other lists of the layer, is not known';
      this.problem(evidence, { code: 'PLM_LIMIT', detail });
    }
  }

  #hold(file: FileInput): void {
    this.#heldBytes += file.bytes.length;
    if (this.#heldBytes > HELD_BYTES) {
      this.problem(file.path, {
        code: 'PLM_LIMIT',
        detail: `package databases of this layer exceed ${HELD_BYTES} bytes; this file was not read`,
      });
      return;
    }
    const packed = this.#heldBytes > UNPACKED_BYTES ? packHeld(file) : undefined;
    this.#held.push(packed ?? { path: file.path, mode: file.mode, bytes: new Uint8Array(file.bytes) });
  }

  #context(file: FileInput): DetectContext {
    const limits = this.#limits;
    const onProblem = (problem: ProblemDraft): void => this.problem(file.path, problem);
    return {
      limits,
      *zipMembers(archive: FileView): Iterable<ArchiveMember> {
        const budget = nestedBudget(limits.nestedBytes);
        for (const member of zipMembers(archive.bytes(), limits, budget, onProblem)) {
          yield { path: member.path, size: member.size, bytes: () => new Uint8Array(member.bytes()) };
        }
      },
    };
  }
}

/** How a detector with companions finds its other files, by absolute path. */
export type SiblingLookup = (path: string) => FileInput | undefined;

const NO_SIBLINGS: SiblingLookup = () => undefined;

/** The problem behind a throw of a parser: its own where it states one, else that the parser gave up. */
export function problemOf(error: unknown, coverageLost: string): ProblemDraft {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof NestedBudgetSpent) {
    return {
      code: 'PLM_NESTED_LIMIT',
      detail: 'the archive unpacks to more than the limit; the rest was not looked into',
    };
  }
  // The message of a parser may quote the file, and the file may hold a secret.
  const kind = error instanceof Error ? error.name : typeof error;
  return { code: 'PLM_FILE_UNREADABLE', detail: `${coverageLost} (${kind})` };
}

function evidenceDigests(bytes: Uint8Array): EvidenceDigests | undefined {
  if (bytes.length > HASHED_EVIDENCE_BYTES) return undefined;
  const hex = (algorithm: string): string => hash(algorithm, bytes);
  return { md5: hex('md5'), sha1: hex('sha1'), sha256: hex('sha256') };
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length <= TEXT_BYTES) return decoder.decode(bytes);
  const detail = `a text of more than ${TEXT_BYTES} bytes is not read: packages it names are missing`;
  throw new ProblemError({ code: 'PLM_LIMIT', detail });
}

function toView(file: FileInput, siblings: SiblingLookup): FileView {
  return {
    path: file.path,
    size: file.bytes.length,
    mode: file.mode,
    bytes: () => file.bytes,
    text: () => textOf(file.bytes),
    sibling: (path) => {
      const absolute = path.startsWith('/') ? path : `${file.path.slice(0, file.path.lastIndexOf('/'))}/${path}`;
      const found = siblings(absolute);
      return found === undefined ? undefined : toView(found, siblings);
    },
  };
}

function isEndless({ name, version }: PackageDraft): boolean {
  return name.length + version.length > MAX_IDENTITY;
}

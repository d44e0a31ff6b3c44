import { compareText } from '../bytes/compare-text.ts';
import type { Location } from '../model/evidence.ts';
import type { LinkedCode } from '../model/linked-code.ts';
import type { Package, PackageDraft } from '../model/package.ts';
import { lookupName } from '../versions/ecosystem.ts';
import type { LayerDetections, PackageClaim } from './detection.ts';
import { packageUrl } from './package-url.ts';
import type { PathHistory } from './path-history.ts';

/** A package before dependencies and owners are resolved. */
export interface AssembledPackage {
  readonly package: Omit<Package, 'dependsOn' | 'ownedBy'>;
  readonly draft: PackageDraft;
  readonly claims: readonly ClaimedRun[];
}

/** A stretch of layers in which one evidence file names the package. */
export interface ClaimedRun {
  readonly claim: PackageClaim;
  readonly from: number;
  /** First layer without it; absent while the final file system has it. */
  readonly to?: number;
}

interface Candidate {
  readonly draft: PackageDraft;
  readonly runs: ClaimedRun[];
}

/**
 * Turns what the evidence files of all layers say into packages with a state. A package lives from the first layer of a
 * run of readings that name it to the layer whose reading does not, or that hides the file.
 */
export function assemblePackages(
  layers: readonly LayerDetections[],
  history: PathHistory,
  distroId: string | undefined,
): AssembledPackage[] {
  const candidates = new Map<string, Candidate>();
  for (const [key, readings] of readingsByEvidence(layers)) {
    const instances = history(evidenceFile(key));
    for (const run of runsOf(readings, instances)) {
      const identity = identityKey(run.claim.draft);
      const candidate = candidates.get(identity);
      if (candidate === undefined) candidates.set(identity, { draft: run.claim.draft, runs: [run] });
      else candidate.runs.push(run);
    }
  }
  return withStates(withoutRumours([...candidates.values()]), distroId);
}

/**
 * The database of a package manager that the final file system has names all its packages: what only an SBOM in the
 * image says beside it describes another place. Language packages have no such database.
 */
function withoutRumours(candidates: readonly Candidate[]): readonly Candidate[] {
  const isRumour = ({ runs }: Candidate): boolean => runs.every((run) => run.claim.draft.hearsay === true);
  const isLive = ({ runs }: Candidate): boolean => runs.some((run) => run.to === undefined);
  const ofDatabases = new Set(
    candidates
      .filter((one) => one.draft.ofDistro === true && !isRumour(one) && isLive(one))
      .map(({ draft }) => draft.type),
  );
  return candidates.filter((one) => !(one.draft.ofDistro === true && isRumour(one) && ofDatabases.has(one.draft.type)));
}

/** `detector` and evidence path -> layer -> claims. */
function readingsByEvidence(layers: readonly LayerDetections[]): Map<string, Map<number, PackageClaim[]>> {
  const readings = new Map<string, Map<number, PackageClaim[]>>();
  for (const [layer, detections] of layers.entries()) {
    for (const claim of detections.packages) {
      const key = `${claim.detector}\0${claim.evidence}`;
      const byLayer = readings.get(key) ?? new Map<number, PackageClaim[]>();
      const claims = byLayer.get(layer) ?? [];
      claims.push(claim);
      readings.set(key, byLayer.set(layer, claims));
    }
  }
  return readings;
}

/** The file of the image behind an evidence path: what stands before the first `!`. */
function evidenceFile(key: string): string {
  return evidenceRoot(key.slice(key.indexOf('\0') + 1));
}

/** The file of the image that holds an archive member; the path itself for any other. */
export function evidenceRoot(path: string): string {
  const at = path.indexOf('!/');
  return at < 0 ? path : path.slice(0, at);
}

function runsOf(readings: Map<number, PackageClaim[]>, instances: ReturnType<PathHistory>): ClaimedRun[] {
  const runs: ClaimedRun[] = [];
  const open = new Map<string, { claim: PackageClaim; from: number }>();
  const close = (key: string, to?: number): void => {
    const run = open.get(key);
    if (run !== undefined) runs.push(to === undefined ? run : { ...run, to });
    open.delete(key);
  };
  const ends = instances.flatMap((instance) => [instance.layer, instance.removedIn ?? instance.layer]);
  const layers = [...new Set([...readings.keys(), ...ends])].sort((a, b) => a - b);
  for (const layer of layers) {
    const named = new Map<string, PackageClaim>();
    for (const claim of readings.get(layer) ?? []) named.set(`${identityKey(claim.draft)}\0${claim.path}`, claim);
    for (const key of [...open.keys()]) if (!named.has(key)) close(key, layer);
    for (const [key, claim] of named) {
      const run = open.get(key);
      open.set(key, { claim, from: run?.from ?? layer });
    }
  }
  for (const key of [...open.keys()]) close(key);
  return runs;
}

function identityKey(draft: PackageDraft): string {
  return [nameKey(draft), draft.version, draft.arch ?? ''].join('\0');
}

/** What names one package: some indexes take several spellings for the same. */
function nameKey({ type, namespace = '', name }: PackageDraft): string {
  const index = LENIENT_INDEXES.get(type);
  const known = (text: string): string => (index === undefined ? text : lookupName(index, text));
  return [type, known(namespace), known(name)].join('\0');
}

/** Purl types whose index ignores case or separators, and its name in the OSV schema. */
const LENIENT_INDEXES: ReadonlyMap<string, string> = new Map([
  ['composer', 'Packagist'],
  ['nuget', 'NuGet'],
  ['pypi', 'PyPI'],
]);

function withStates(candidates: readonly Candidate[], distroId: string | undefined): AssembledPackage[] {
  const presentNames = new Set<string>();
  for (const { draft, runs } of candidates)
    if (runs.some((run) => run.to === undefined)) presentNames.add(nameKey(draft));

  const assembled = candidates.map(({ draft, runs: all }): AssembledPackage => {
    const runs = firmest(all);
    const live = runs.filter((run) => run.to === undefined);
    const shown = [...(live.length > 0 ? live : runs)].sort(byPlace);
    const state = live.length > 0 ? 'present' : presentNames.has(nameKey(draft)) ? 'overwritten' : 'deleted';
    const removedIn = runs.reduce((last, run) => Math.max(last, run.to ?? -1), -1);
    const best = shown.at(-1)?.claim.draft ?? draft;
    const purl = packageUrl(best, distroId);
    return {
      draft: best,
      claims: shown,
      package: {
        id: purl,
        type: best.type,
        ...namespaceOf(best, distroId),
        name: best.name,
        version: best.version,
        purl,
        ...(best.arch === undefined ? {} : { arch: best.arch }),
        ...(best.source === undefined ? {} : { source: best.source }),
        licenses: best.licenses ?? [],
        locations: locationsOf(shown),
        state,
        ...(state === 'present' ? {} : { removedIn }),
        ...(best.scope === undefined ? {} : { scope: best.scope }),
        ...(best.hashes === undefined ? {} : { hashes: best.hashes }),
        ...(best.properties === undefined ? {} : { properties: best.properties }),
        ...linkedOf(shown),
      },
    };
  });
  return uniqueIds(assembled.sort(byIdentity));
}

/** What all programs that hold the package have of it, each once; nothing where one of them does not say. */
function linkedOf(runs: readonly ClaimedRun[]): Pick<Package, 'linked'> {
  const linked = new Map<string, LinkedCode>();
  for (const { claim } of runs) {
    if (claim.draft.linked === undefined) return {};
    linked.set(JSON.stringify(claim.draft.linked), claim.draft.linked);
  }
  return { linked: [...linked].sort(([a], [b]) => compareText(a, b)).map(([, one]) => one) };
}

/** Hearsay counts only where nothing else names the package: it must not keep a removed one alive. */
function firmest(runs: readonly ClaimedRun[]): readonly ClaimedRun[] {
  const firm = runs.filter((run) => run.claim.draft.hearsay !== true);
  return firm.length > 0 ? firm : runs;
}

function namespaceOf(draft: PackageDraft, distroId: string | undefined): { namespace?: string } {
  const namespace = draft.namespace ?? (draft.ofDistro === true ? distroId : undefined);
  return namespace === undefined ? {} : { namespace };
}

function locationsOf(runs: readonly ClaimedRun[]): readonly [Location, ...Location[]] {
  const locations = new Map<string, Location>();
  for (const { claim, from } of runs) {
    const digest = claim.digests?.sha256;
    locations.set(`${claim.path}\0${from}`, {
      path: claim.path,
      layer: from,
      detector: claim.detector,
      ...(digest === undefined ? {} : { digest: `sha256:${digest}` }),
    });
  }
  const [first, ...rest] = locations.values();
  if (first === undefined) throw new Error('a package without evidence');
  return [first, ...rest];
}

function byPlace(left: ClaimedRun, right: ClaimedRun): number {
  return (
    left.from - right.from ||
    compareText(left.claim.path, right.claim.path) ||
    compareText(left.claim.detector, right.claim.detector)
  );
}

function byIdentity(left: AssembledPackage, right: AssembledPackage): number {
  const a = left.package;
  const b = right.package;
  return (
    compareText(a.type, b.type) ||
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.arch ?? '', b.arch ?? '')
  );
}

/** Two packages can share a purl (names that differ in letter case only); later ones get `#2`, `#3`, … */
function uniqueIds(packages: readonly AssembledPackage[]): AssembledPackage[] {
  const seen = new Map<string, number>();
  return packages.map((entry) => {
    const count = (seen.get(entry.package.purl) ?? 0) + 1;
    seen.set(entry.package.purl, count);
    return count === 1 ? entry : { ...entry, package: { ...entry.package, id: `${entry.package.purl}#${count}` } };
  });
}

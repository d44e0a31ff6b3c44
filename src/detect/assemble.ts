import { compareText } from '../bytes/compare-text.ts';
import type { Limits } from '../limits.ts';
import type { Distro } from '../model/distro.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import { type AssembledPackage, assemblePackages, evidenceRoot } from './assemble-packages.ts';
import { bundlesOf, folderOf } from './bundles.ts';
import { resolveDependencies } from './dependencies.ts';
import type { Fact, LayerDetections } from './detection.ts';
import type { Detector } from './detector.ts';
import { type Ownership, ownerOf, readOwnership } from './ownership.ts';
import { type PathHistory, pathHistory } from './path-history.ts';
import { runCompanions } from './run-companions.ts';

/** Everything the detectors found in the image, with states, owners and dependencies resolved. */
export interface Found {
  readonly packages: readonly Package[];
  readonly distro: Distro | undefined;
  /** Facts of files that the final file system shows. */
  readonly facts: readonly LocatedFact[];
  readonly ownership: Ownership;
  readonly problems: readonly Problem[];
}

export type LocatedFact = Fact & { readonly layer: number };

export interface AssembleInput {
  readonly layers: readonly LayerDetections[];
  readonly detectors: readonly Detector[];
  /** The layer that hid an entry of a layer; undefined while the final file system shows it. */
  readonly removedIn: (layer: number, entry: number) => number | undefined;
  /** The final directory behind a path that may lead over symlinks; the path itself where there is none. */
  readonly resolveDirectory: (directory: string) => string;
  /** Whether a symlink among installed packages leads to a file of the final file system, or to the folder it is in. */
  readonly isLinked?: (path: string) => boolean;
  readonly limits: Limits;
}

/** Joins the detections of all layers. */
export function assemble(input: AssembleInput): Found {
  const history = pathHistory(input.layers, input.removedIn);
  const layers = runCompanions(input.detectors, input.layers, history, input.limits);
  const facts = layers.flatMap((detections, layer) =>
    detections.facts.filter((fact) => isFinal(fact.path, layer, history)).map((fact) => ({ ...fact, layer })),
  );
  const distro = withFacts(distroOf(layers, history), facts);
  const installed = layers.map(withLinked(input.isLinked));
  const assembled = assemblePackages(installed, history, distro?.id);
  const ownership = readOwnership(layers, assembled, history, input.resolveDirectory);
  const edges = resolveDependencies(assembled);
  const bundles = bundlesOf(facts, assembled, { ownership, unlinked: unlinkedFolders(layers, installed) });
  const sources = new Set(assembled.flatMap((entry) => sourceKey(entry) ?? []));
  return {
    packages: withLicenses(
      assembled
        .filter((entry) => entry.draft.unlessOwned !== true || !sources.has(nameAndVersion(entry.package)))
        .flatMap((entry) => finish(withBundles(entry, bundles.of), ownership, edges.get(entry.package.id))),
      facts,
    ),
    distro,
    facts,
    ownership,
    problems: [...layers.flatMap((layer) => layer.problems), ...bundles.problems],
  };
}

/** Claims of what lies where nothing is installed stay only where something installed leads to them. */
function withLinked(isLinked: AssembleInput['isLinked']): (layer: LayerDetections) => LayerDetections {
  return (layer) => {
    if (!layer.packages.some(({ draft }) => draft.onlyLinked === true)) return layer;
    const packages = layer.packages.filter(
      ({ draft, evidence }) => draft.onlyLinked !== true || isLinked?.(evidence) === true,
    );
    return { ...layer, packages };
  };
}

/**
 * The source of an installed distro package: what programs say of themselves names it
 * (https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/), and the database has it already,
 * be its file lists there or not.
 */
function sourceKey({ draft, package: found }: AssembledPackage): string | undefined {
  if (draft.ofDistro !== true || found.state !== 'present' || found.source === undefined) return undefined;
  return nameAndVersion({ type: found.type, ...found.source });
}

function nameAndVersion({ type, name, version }: Pick<Package, 'type' | 'name' | 'version'>): string {
  return [type, name, version].join('\0');
}

/** The folders below which caches keep what nothing installed leads to. */
function unlinkedFolders(
  layers: readonly LayerDetections[],
  installed: readonly LayerDetections[],
): ReadonlySet<string> {
  const waiting = ({ packages }: LayerDetections) => packages.filter(({ draft }) => draft.onlyLinked === true);
  const kept = new Set(installed.flatMap(waiting));
  const left = layers.flatMap(waiting).filter((claim) => !kept.has(claim));
  return new Set(left.map(({ evidence }) => folderOf(folderOf(evidence))));
}

function withBundles(entry: AssembledPackage, bundles: ReadonlyMap<string, string>): AssembledPackage {
  const text = bundles.get(entry.package.id);
  if (text === undefined) return entry;
  return { ...entry, package: { ...entry.package, properties: { ...entry.package.properties, bundles: text } } };
}

function finish(entry: AssembledPackage, ownership: Ownership, dependsOn: readonly string[] | undefined): Package[] {
  const ownedBy = ownerOf(entry, ownership);
  if (ownedBy !== undefined && entry.draft.unlessOwned === true) return [];
  return [
    {
      ...entry.package,
      ...(ownedBy === undefined ? {} : { ownedBy }),
      ...(dependsOn === undefined ? {} : { dependsOn }),
    },
  ];
}

/**
 * The distro of the final file system: the statement of highest precedence; where the final file system states none,
 * the last one that history holds. Properties of the others are kept.
 */
function distroOf(layers: readonly LayerDetections[], history: PathHistory): Distro | undefined {
  const statements = layers.flatMap((layer, index) =>
    layer.distros.map((statement) => ({ ...statement, layer: index, final: isFinal(statement.path, index, history) })),
  );
  statements.sort(
    (left, right) =>
      Number(right.final) - Number(left.final) ||
      right.precedence - left.precedence ||
      right.layer - left.layer ||
      compareText(left.path, right.path),
  );
  const best = statements[0];
  if (best === undefined) return undefined;
  const properties: Record<string, string> = {};
  for (const statement of statements.filter((other) => other.final === best.final).reverse()) {
    Object.assign(properties, statement.distro.properties);
  }
  return Object.keys(properties).length === 0 ? best.distro : { ...best.distro, properties };
}

const LICENSE_FACT = 'package-licence.';

/** Facts named `package-licence.<type>/<name>` are the licences of distro packages whose database states none. */
function withLicenses(packages: readonly Package[], facts: readonly Fact[]): readonly Package[] {
  const stated = new Map<string, Set<string>>();
  for (const { name, value } of facts) {
    if (!name.startsWith(LICENSE_FACT)) continue;
    const key = name.slice(LICENSE_FACT.length);
    stated.set(key, (stated.get(key) ?? new Set<string>()).add(value));
  }
  if (stated.size === 0) return packages;
  return packages.map((found) => {
    const licenses = found.licenses.length > 0 ? undefined : stated.get(`${found.type}/${found.name}`);
    return licenses === undefined ? found : { ...found, licenses: [...licenses].sort() };
  });
}

const DISTRO_FACT = 'distro.';

/** Facts named `distro.<property>` are properties of the distro; what several files state is joined by commas, sorted. */
function withFacts(distro: Distro | undefined, facts: readonly Fact[]): Distro | undefined {
  const stated = new Map<string, Set<string>>();
  for (const { name, value } of facts) {
    if (!name.startsWith(DISTRO_FACT)) continue;
    const property = name.slice(DISTRO_FACT.length);
    const values = stated.get(property) ?? new Set<string>();
    for (const part of value.split(',')) values.add(part);
    stated.set(property, values);
  }
  if (distro === undefined || stated.size === 0) return distro;
  const joined = [...stated].map(([property, values]) => [property, [...values].sort().join(',')] as const);
  return { ...distro, properties: { ...distro.properties, ...Object.fromEntries(joined) } };
}

function isFinal(path: string, layer: number, history: PathHistory): boolean {
  const instance = history(evidenceRoot(path)).find((candidate) => candidate.layer === layer);
  return instance === undefined || instance.removedIn === undefined;
}

import { openImage } from '../image/open-image.ts';
import { compareTrees } from '../layers/compare-trees.ts';
import { type LayerHistory, squash } from '../layers/squash.ts';
import type { Analysis } from '../model/analysis.ts';
import type { DiffSide, FileDifference, ImageDiff, PackageDifference } from '../model/image-diff.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import { findPackages } from './find-packages.ts';
import type { ReadHistory, ReadHistoryOptions } from './layers-report.ts';
import { readLayers } from './read-layers.ts';

/** One image read for a comparison. */
export interface DiffInput {
  readonly location: string;
  readonly image: DiffSide['image'];
  /** The file system after this layer is compared. Absent for an SBOM: only packages are compared then. */
  readonly fileSystem?: { readonly history: LayerHistory; readonly layer: number };
  /** Packages of the final file system; absent where layers are compared. */
  readonly packages?: readonly Package[];
  readonly problems: readonly Problem[];
}

/** Reads an image with its packages. */
export async function readForDiff(location: string, options: ReadHistoryOptions): Promise<DiffInput> {
  const image = await openImage(location, options);
  try {
    const layers = await readLayers(image, { ...options, scanners: new Set() }, new Map());
    const history = squash(layers.map((layer) => layer.index));
    const found = findPackages(layers, history, options.limits);
    const problems = [...image.problems, ...history.layers.flatMap((layer) => layer.problems), ...found.problems];
    const packages = found.packages.filter((item) => item.state === 'present');
    return { location, image, fileSystem: { history, layer: history.layers.length - 1 }, packages, problems };
  } finally {
    await image.close();
  }
}

/** The packages of an SBOM that was read, in the place of an image. */
export function sbomForDiff(
  location: string,
  { image, packages, problems }: Pick<Analysis, 'image' | 'packages' | 'problems'>,
): DiffInput {
  return {
    location,
    image,
    packages: packages.filter((item) => item.state === 'present'),
    problems,
  };
}

/** One image as it was after one of its layers. */
export function layerForDiff(location: string, { image, history }: ReadHistory, layer: number): DiffInput {
  const problems = history.layers.slice(0, layer + 1).flatMap((index) => index.problems);
  return { location, image, fileSystem: { history, layer }, problems };
}

/** What differs between two images, or between two layers of one. */
export function composeDiff(before: DiffInput, after: DiffInput, version: string): ImageDiff {
  const packages =
    before.packages === undefined || after.packages === undefined
      ? undefined
      : comparePackages(before.packages, after.packages);
  const files = compareFiles(before, after);
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version },
    before: sideOf(before),
    after: sideOf(after),
    ...(files === undefined ? {} : { files }),
    ...(packages === undefined ? {} : { packages }),
    problems: [
      ...before.problems.map((problem) => ({ ...problem, side: 'before' as const })),
      ...after.problems.map((problem) => ({ ...problem, side: 'after' as const })),
    ],
  };
}

function compareFiles(before: DiffInput, after: DiffInput): readonly FileDifference[] | undefined {
  const [left, right] = [before.fileSystem, after.fileSystem];
  if (left === undefined || right === undefined) return undefined;
  return compareTrees(
    { tree: left.history.view(left.layer), layers: left.history.layers },
    { tree: right.history.view(right.layer), layers: right.history.layers },
  );
}

function sideOf({ location, image, fileSystem }: DiffInput): DiffSide {
  const { ref, kind, manifestDigest, configDigest, platform } = image;
  return {
    location,
    image: {
      ...(ref === undefined ? {} : { ref }),
      kind,
      ...(manifestDigest === undefined ? {} : { manifestDigest }),
      configDigest,
      platform,
    },
    ...(fileSystem === undefined ? {} : { layer: fileSystem.layer }),
  };
}

/** Packages by type, namespace and name; a package that exists in several versions is compared as a set. */
function comparePackages(before: readonly Package[], after: readonly Package[]): readonly PackageDifference[] {
  const left = versionsByName(before);
  const right = versionsByName(after);
  const differences: PackageDifference[] = [];
  for (const key of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    const old = left.get(key);
    const now = right.get(key);
    const sample = now?.sample ?? old?.sample;
    if (sample === undefined) continue;
    const gone = [...(old?.versions ?? [])].filter((version) => now?.versions.has(version) !== true).sort();
    const come = [...(now?.versions ?? [])].filter((version) => old?.versions.has(version) !== true).sort();
    if (gone.length === 0 && come.length === 0) continue;
    differences.push({
      type: sample.type,
      ...(sample.namespace === undefined ? {} : { namespace: sample.namespace }),
      name: sample.name,
      change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
      before: gone,
      after: come,
    });
  }
  return differences;
}

function versionsByName(
  packages: readonly Package[],
): Map<string, { readonly sample: Package; readonly versions: Set<string> }> {
  const byName = new Map<string, { readonly sample: Package; readonly versions: Set<string> }>();
  for (const item of packages) {
    const key = `${item.type}\0${item.namespace ?? ''}\0${item.name}\0${item.arch ?? ''}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { sample: item, versions: new Set([item.version]) });
    else known.versions.add(item.version);
  }
  return byName;
}

import type { AdvisoryBundle } from './bundle/advisory-bundle.ts';
import type { Found } from './detect/assemble.ts';
import { type OpenImageOptions, openAllPlatforms, openImage } from './image/open-image.ts';
import type { OpenedImage } from './image/opened-image.ts';
import { type ListedFiles, reportFiles } from './layers/file-report.ts';
import { type LayerHistory, squash } from './layers/squash.ts';
import { bundleClassifiers } from './pipeline/bundle-classifiers.ts';
import { composeAnalysis } from './pipeline/compose-analysis.ts';
import type { FileSystem } from './pipeline/diff/diff-input.ts';
import { findPackages } from './pipeline/find-packages.ts';
import { findSecrets } from './pipeline/find-secrets.ts';
import { pathHider } from './pipeline/hide-secret-paths.ts';
import { type VerifyInput, withIntegrity } from './pipeline/integrity/verify-files.ts';
import { withKnownFiles } from './pipeline/known-files/find-known-files.ts';
import type { HashList } from './pipeline/known-files/hash-list.ts';
import { readLinkedDatabases } from './pipeline/linked-databases.ts';
import type { OnProgress } from './pipeline/progress.ts';
import { readLayers } from './pipeline/read-layers.ts';
import type { Scanner } from './pipeline/scanner.ts';
import type { UnjudgedAnalysis } from './policy/gates/evaluate.ts';
import type { LayerResult } from './pool/analyze-layer.ts';
import type { OwnRule } from './secrets/own-rules/own-rule.ts';

export interface AnalyzeOptions extends OpenImageOptions {
  readonly scanners: ReadonlySet<Scanner>;
  /** Threads that read layers; 0 reads them on the calling thread. */
  readonly workers: number;
  /** Advisories to match against; without them nothing is matched and the report says so. */
  readonly bundle?: AdvisoryBundle;
  /** Secret rules of the user beside the built-in ones. */
  readonly ownRules?: readonly OwnRule[];
  /** Text of the Dockerfile the image was built from. */
  readonly dockerfile?: string;
  /** Lists every file of the final file system in the report. */
  readonly includeFiles?: boolean;
  /** Holds the files of packages against the digests that package databases state: layers are read again. */
  readonly verifyFiles?: boolean;
  /** Contents to look for in every layer: layers are read again. */
  readonly knownBad?: HashList;
  readonly created?: string;
  readonly version: string;
  /** diffID chains of known base images, to tell inherited findings from own ones. */
  readonly baseChains?: readonly (readonly string[])[];
  readonly onProgress?: OnProgress;
}

/** An analysis and the final file system it is of. */
export interface AnalyzedImage {
  readonly analysis: UnjudgedAnalysis;
  readonly files: FileSystem;
}

/**
 * Opens, reads, squashes, detects and matches one image: everything of the report but the verdict of a policy.
 * Throws PlimsollError where there is no image to speak of.
 */
export async function analyzeImage(location: string, options: AnalyzeOptions): Promise<UnjudgedAnalysis> {
  return withAnalysis(location, options, ({ analysis }) => analysis);
}

/** As analyzeImage, with the file system the analysis is of. */
export async function analyzeWithFiles(location: string, options: AnalyzeOptions): Promise<AnalyzedImage> {
  const { analysis, history, layers } = await withAnalysis(location, options, (read) => read);
  return { analysis, files: { history, shownPath: pathHider(layers.flatMap((layer) => layer.secrets)) } };
}

/** As analyzeImage, for what reads files of the image again: it stays open until `use` is done. */
export async function withAnalysis<Result>(
  location: string,
  options: AnalyzeOptions,
  use: (read: ReadAnalysis) => Result | Promise<Result>,
): Promise<Result> {
  const image = await openImage(location, options);
  try {
    return await use(await analyzeOpened(image, options));
  } finally {
    await image.close();
  }
}

/** As analyzeImage for every platform of an index; a layer that platforms share is read once. */
export async function analyzeAllPlatforms(
  location: string,
  options: AnalyzeOptions,
): Promise<readonly UnjudgedAnalysis[]> {
  const images = await openAllPlatforms(location, options);
  const shared = new Map<string, LayerResult>();
  try {
    const analyses: UnjudgedAnalysis[] = [];
    for (const image of images) analyses.push((await analyzeOpened(image, options, shared)).analysis);
    return analyses;
  } finally {
    await Promise.all(images.map((image) => image.close()));
  }
}

/** An analysis and what it was made of. */
export interface ReadAnalysis {
  readonly image: OpenedImage;
  readonly found: Found;
  readonly analysis: UnjudgedAnalysis;
  readonly history: LayerHistory;
  readonly layers: readonly LayerResult[];
}

async function analyzeOpened(
  image: OpenedImage,
  options: AnalyzeOptions,
  shared = new Map<string, LayerResult>(),
): Promise<ReadAnalysis> {
  const { problems, ...renewed } = bundleClassifiers(options.bundle);
  const streamed = await readLayers(image, { ...options, ...renewed }, shared);
  const history = squash(
    streamed.map((layer) => layer.index),
    options.limits,
  );
  const layers = await readLinkedDatabases(image, streamed, { history, limits: options.limits });
  const assembled = findPackages(layers, history, options.limits);
  const found = { ...assembled, problems: [...assembled.problems, ...problems] };
  const files = await examineFiles(reportFiles(history, options.limits), { image, history, found, options });
  const { secrets, problems: unread } = findSecrets({ image, layers, history, found, scanners: options.scanners });
  const analysis = composeAnalysis({
    image,
    layers,
    history,
    files,
    found: { ...found, problems: [...found.problems, ...unread] },
    secrets,
    options,
  });
  return { image, found, analysis, history, layers };
}

/** What only another reading of the layers can tell of files, where it was asked for. */
async function examineFiles(
  listed: ListedFiles,
  { options, ...read }: Omit<VerifyInput, 'limits'> & { readonly options: AnalyzeOptions },
): Promise<ListedFiles> {
  const { knownBad, verifyFiles, limits } = options;
  const verified = verifyFiles === true ? await withIntegrity(listed, { ...read, limits }) : listed;
  return knownBad === undefined ? verified : withKnownFiles(verified, { ...read, known: knownBad, limits });
}

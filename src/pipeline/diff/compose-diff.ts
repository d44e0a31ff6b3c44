import { compareTrees, type TreeSide } from '../../layers/compare-trees.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Analysis, BundleReport } from '../../model/analysis.ts';
import type { DiffPart, DiffSide, FileDifference, ImageDiff } from '../../model/image-diff.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';
import { unjudgedPresent } from '../../report/notices.ts';
import { compareChecks } from './compare-checks.ts';
import { compareConfiguration } from './compare-configuration.ts';
import { compareLicenses } from './compare-licenses.ts';
import { comparePackages } from './compare-packages.ts';
import { comparePrivileges } from './compare-privileges.ts';
import { compareSecrets } from './compare-secrets.ts';
import { compareVulnerabilities } from './compare-vulnerabilities.ts';
import type { DiffInput, FileSystem } from './diff-input.ts';
import { whyNotCompared } from './not-compared.ts';
import type { PairedFindings } from './paired-findings.ts';

export interface ComposeDiffOptions {
  readonly version: string;
  /** Whether vulnerabilities of packages count that only history holds. */
  readonly history: boolean;
  readonly policy: Analysis['policy'];
}

/** What differs between two images. Parts that one side says nothing about are left out and named. */
export function composeDiff(
  before: DiffInput,
  after: DiffInput,
  { pairs, options }: { readonly pairs: PairedFindings; readonly options: ComposeDiffOptions },
): ImageDiff {
  const [old, now] = [before.analysis, after.analysis];
  const notCompared = whyNotCompared(before, after);
  const absent = new Set(notCompared.map(({ part }) => part));
  const when = <Value extends object>(part: DiffPart, compare: () => Value): Value | Record<string, never> =>
    absent.has(part) ? {} : compare();
  const sides = { before: old, after: now, history: options.history };
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: options.version },
    before: sideOf(before),
    after: sideOf(after),
    ...when('vulnerabilities', () => ({ vulnerabilities: compareVulnerabilities(pairs.vulnerabilities, sides) })),
    ...when('secrets', () => ({ secrets: compareSecrets(pairs.secrets) })),
    ...when('misconfigurations', () => ({ misconfigurations: compareChecks(pairs.checks) })),
    ...when('privileged', () => ({ privileged: comparePrivileges(old.files, now.files) })),
    ...when('configuration', () => ({ configuration: compareConfiguration(old.image.config, now.image.config) })),
    ...when('licenses', () => ({ licenses: compareLicenses(old, now) })),
    packages: comparePackages(presentPackages(old), presentPackages(now)),
    ...when('files', () => ({ files: compareFiles(before.files, after.files) })),
    notCompared,
    policy: options.policy,
    problems: bySide(old.problems, now.problems),
  };
}

/** What differs between the file systems after two layers of one image. */
export function composeLayerDiff(
  location: string,
  { image, history }: { readonly image: DiffSide['image']; readonly history: LayerHistory },
  { from, to, version }: { readonly from: number; readonly to: number; readonly version: string },
): ImageDiff {
  const tree = (layer: number): TreeSide => ({ tree: history.view(layer), layers: history.layers });
  const problems = (layer: number): readonly Problem[] =>
    history.layers.slice(0, layer + 1).flatMap((index) => index.problems);
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version },
    before: { location, image: imageOf(image), layer: from },
    after: { location, image: imageOf(image), layer: to },
    files: compareTrees(tree(from), tree(to)),
    notCompared: [],
    problems: bySide(problems(from), problems(to)),
  };
}

function compareFiles(before: FileSystem | undefined, after: FileSystem | undefined): readonly FileDifference[] {
  if (before === undefined || after === undefined) throw new Error('a side without files');
  const tree = ({ history }: FileSystem): TreeSide => ({ tree: history.view(), layers: history.layers });
  const files = compareTrees(tree(before), tree(after));
  // There may be a million: they are copied only where a path has to be hidden.
  return [before.shownPath, after.shownPath].reduce(
    (shown, shownPath) =>
      shownPath === undefined ? shown : shown.map((file) => ({ ...file, path: shownPath(file.path) })),
    files,
  );
}

function sideOf({ location, analysis, files }: DiffInput): DiffSide {
  const { image, bundle } = analysis;
  const unjudged = bundle === undefined ? undefined : unjudgedPresent(analysis);
  return {
    location,
    image: { ...imageOf(image), os: image.os },
    ...(files === undefined ? {} : { layer: files.history.layers.length - 1 }),
    ...(bundle === undefined ? {} : { bundle: bundleOf(bundle) }),
    ...(unjudged === undefined || unjudged.count === 0 ? {} : { unjudged }),
  };
}

function imageOf({ ref, kind, manifestDigest, configDigest, platform }: DiffSide['image']): DiffSide['image'] {
  return {
    ...(ref === undefined ? {} : { ref }),
    kind,
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
    configDigest,
    platform,
  };
}

function bundleOf({
  contentId,
  channel,
  sequence,
  builtAt,
  starter,
  expired,
}: BundleReport): NonNullable<DiffSide['bundle']> {
  return {
    contentId,
    channel,
    sequence,
    builtAt,
    ...(starter === undefined ? {} : { starter }),
    ...(expired === undefined ? {} : { expired }),
  };
}

function presentPackages({ packages }: UnjudgedAnalysis): readonly Package[] {
  return packages.filter(({ state }) => state === 'present');
}

function bySide(before: readonly Problem[], after: readonly Problem[]): ImageDiff['problems'] {
  return [
    ...before.map((problem) => ({ ...problem, side: 'before' as const })),
    ...after.map((problem) => ({ ...problem, side: 'after' as const })),
  ];
}

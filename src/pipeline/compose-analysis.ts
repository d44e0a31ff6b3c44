import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { compareText } from '../bytes/compare-text.ts';
import { optional } from '../bytes/json.ts';
import { IMAGE_CHECKS } from '../checks/registry.generated.ts';
import type { Found } from '../detect/assemble.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import type { ListedFiles } from '../layers/file-report.ts';
import { ENTRY_KIND } from '../layers/layer-index.ts';
import type { LayerHistory } from '../layers/squash.ts';
import { measureWaste } from '../layers/waste.ts';
import type { Limits } from '../limits.ts';
import type { Analysis, FileReport } from '../model/analysis.ts';
import type { Misconfiguration } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Secret } from '../model/secret.ts';
import { SEVERITIES } from '../model/severity.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import type { LayerResult } from '../pool/analyze-layer.ts';
import { inBaseOf } from './base-layers.ts';
import { dockerfileLines } from './dockerfile-lines.ts';
import { hideSecretPaths } from './hide-secret-paths.ts';
import { reportImage } from './image-report.ts';
import { listLicenses } from './list-licenses.ts';
import { matchAgainst } from './match-against.ts';
import type { Scanner } from './scanner.ts';
import { unownedExecutables } from './unowned-executables.ts';

export interface ComposeInput {
  readonly image: OpenedImage;
  readonly layers: readonly LayerResult[];
  readonly history: LayerHistory;
  readonly files: ListedFiles;
  readonly found: Found;
  readonly secrets: readonly Secret[];
  readonly options: ComposeOptions;
}

export interface ComposeOptions {
  readonly limits?: Limits;
  readonly scanners: ReadonlySet<Scanner>;
  readonly bundle?: AdvisoryBundle;
  readonly created?: string;
  readonly version: string;
  readonly dockerfile?: string;
  readonly includeFiles?: boolean;
  readonly baseChains?: readonly (readonly string[])[];
}

/** Puts the parts together, matches the packages and runs the image checks; no path shows a secret found in it. */
export function composeAnalysis(input: ComposeInput): UnjudgedAnalysis {
  return hideSecretPaths(
    joinParts(input),
    input.layers.flatMap((layer) => layer.secrets),
  );
}

function joinParts(input: ComposeInput): UnjudgedAnalysis {
  const { image, history, found, options } = input;
  const { scanners } = options;
  const inBase = inBaseOf(history, options.baseChains ?? []);
  const matched = matchAgainst(scanners.has('vuln') ? options.bundle : undefined, {
    packages: found.packages,
    distro: found.distro,
    ...optional('limits', options.limits),
    inBase,
  });
  const files = scanners.has('file') ? reportedFiles(input) : NO_FILES;
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: options.version },
    ...(options.created === undefined ? {} : { createdAt: options.created }),
    image: withLines(reportImage(image, history, { distro: found.distro, bundle: options.bundle }), {
      ...input,
      inBase,
    }),
    packages: found.packages,
    ...matched.parts,
    secrets: input.secrets,
    files,
    waste: measureWaste(history),
    misconfigurations: scanners.has('config') ? runChecks(input) : [],
    licenses: scanners.has('license') ? listLicenses(found.packages, found.facts) : [],
    problems: sortProblems([
      ...image.problems,
      ...input.layers.flatMap((layer) => layer.index.problems),
      ...found.problems,
      ...(scanners.has('file') ? input.files.problems : []),
      ...matched.problems,
    ]),
  };
}

const NO_FILES: FileReport = { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] };

function reportedFiles(input: ComposeInput): FileReport {
  const tree = input.history.view();
  const unowned = unownedExecutables(tree, input.found.packages, input.found.ownership);
  const all = input.options.includeFiles === true ? [...regularFiles(input)] : undefined;
  return {
    ...input.files.files,
    ...(unowned === undefined ? {} : { unowned }),
    ...(all === undefined ? {} : { all }),
  };
}

function* regularFiles(input: ComposeInput): Iterable<NonNullable<FileReport['all']>[number]> {
  for (const file of input.history.view().entries()) {
    if (file.kind === ENTRY_KIND.file) yield { path: file.path, layer: file.layer, size: file.size };
  }
}

function withLines(
  report: Analysis['image'],
  input: ComposeInput & { readonly inBase: (layer: number) => boolean },
): Analysis['image'] {
  const lines = dockerfileLines(input.options.dockerfile, report.layers);
  return {
    ...report,
    layers: report.layers.map((layer) => {
      const line = lines.get(layer.index);
      return {
        ...layer,
        ...(line === undefined ? {} : { dockerfileLine: line }),
        ...(input.inBase(layer.index) ? { base: true } : {}),
      };
    }),
  };
}

/** Checks look at everything that was found, whichever parts of the report were asked for. */
function runChecks(input: ComposeInput): readonly Misconfiguration[] {
  const { image, found, files, secrets } = input;
  const tree = input.history.view();
  const checkInput = {
    config: image.config,
    configMissing: image.kind === 'directory',
    files: files.files,
    secrets,
    packages: found.packages,
    hasPath: (path: string) => tree.lookup(path) !== undefined,
    facts: found.facts,
  };
  return IMAGE_CHECKS.flatMap((check) =>
    check.run(checkInput).map(
      (place): Misconfiguration => ({
        id: check.id,
        aliases: check.aliases,
        title: check.title,
        severity: check.severity,
        evidence: place.evidence,
        ...(place.layer === undefined ? {} : { layer: place.layer }),
        ...(place.path === undefined ? {} : { path: place.path }),
        remediation: check.remediation,
      }),
    ),
  ).sort(
    (left, right) =>
      SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
      compareText(left.id, right.id) ||
      compareText(left.path ?? '', right.path ?? '') ||
      compareText(left.evidence, right.evidence),
  );
}

/** Sorted and without repeats: two passes over one file say the same. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort(
    (left, right) =>
      (left.layer ?? -1) - (right.layer ?? -1) ||
      compareText(left.path ?? '', right.path ?? '') ||
      compareText(left.code, right.code) ||
      compareText(left.detail, right.detail),
  );
}

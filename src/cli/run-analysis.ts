import { availableParallelism } from 'node:os';
import type { Arguments, Argv } from 'yargs';
import { type AnalyzeOptions, analyzeAllPlatforms, analyzeImage } from '../analyze.ts';
import { aboutFile, type PlimsollError } from '../errors.ts';
import type { Analysis } from '../model/analysis.ts';
import type { Problem } from '../model/problem.ts';
import { SCANNERS, type Scanner } from '../pipeline/scanner.ts';
import { applyPolicy } from '../policy/apply-policy.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { flagOf, stringOf } from './arguments.ts';
import { baseNameOf, basesOf, type KnownBase } from './base/base-catalogue.ts';
import { bundleFor, warnAboutAge } from './bundle-options.ts';
import { knownBadOf } from './known-bad-option.ts';
import { openOptionsOf } from './open-options.ts';
import { policyOptionsOf } from './policy-options.ts';
import { readText } from './read-text.ts';
import { createdOf, scannersOf, workersOf } from './scan-options.ts';
import { ownRulesOf } from './secrets/own-rules-option.ts';
import { showProgress } from './show-progress.ts';
import { VERSION } from './version.ts';

/** What a command that analyzes images got: one judged analysis per platform, and why the bundle could not be used. */
export interface Run {
  readonly analyses: readonly Analysis[];
  /** Thrown again once everything that does not need the bundle was written. */
  readonly bundleFailure?: PlimsollError;
}

/** The image argument every such command takes. */
export function imageArgument(argv: Argv): Argv {
  return argv.demandCommand(1, 1, 'name one image: a path, "-", dir:PATH or sbom:PATH', 'name one image only');
}

/**
 * Analyzes what the command line names and judges it. `scanners` overrides `--scanners`; `told` are warnings that other
 * images of the same call gave.
 */
export async function runAnalysis(
  args: Arguments,
  scanners: ReadonlySet<Scanner> = scannersOf(args),
  told = new Set<string>(),
): Promise<Run> {
  const location = String(args._[0]);
  const policy = await policyOptionsOf(args);
  const options = await analyzeOptionsOf(args, scanners);
  const progress = await showProgress(args);
  try {
    const now = new Date();
    const bundle = scanners.has('vuln') ? bundleFor(args, now) : { problems: [] };
    const analyses = await analyze(location, args, {
      ...options,
      ...('chosen' in bundle ? { bundle: bundle.chosen.bundle } : {}),
      onProgress: progress.onProgress,
    });
    const problems = [...policy.problems, ...bundle.problems];
    const lookedFor = scannersOfLocation(location, scanners);
    const bases = basesOf(args);
    const judged = analyses.map((analysis) =>
      applyPolicy({ ...named(withProblems(analysis, problems), bases), scanners: lookedFor }, policy.options, now),
    );
    if ('chosen' in bundle) warnAboutAge(args, bundle.chosen, { analyses: judged, told });
    return { analyses: judged, ...('failure' in bundle ? { bundleFailure: bundle.failure } : {}) };
  } finally {
    progress.stop();
  }
}

/** 0 where every gate passed, 4 where only gates on the database failed, else 1. */
export function exitCodeOf(analyses: readonly Analysis[]): number {
  const failed = analyses.flatMap((analysis) =>
    analysis.policy.gates.filter((gate) => !gate.passed && gate.action === 'fail'),
  );
  if (failed.length === 0) return 0;
  return failed.every((gate) => gate.subject === 'database') ? 4 : 1;
}

/** How to analyze what the command line names, but for the bundle and the progress. Throws PLM_USAGE. */
export async function analyzeOptionsOf(args: Arguments, scanners: ReadonlySet<Scanner>): Promise<AnalyzeOptions> {
  const dockerfile = stringOf(args, 'dockerfile');
  const created = createdOf(args, process.env);
  return {
    ...(await openOptionsOf(args)),
    scanners,
    workers: workersOf(args) ?? availableParallelism(),
    version: VERSION,
    includeFiles: flagOf(args, 'include-files'),
    verifyFiles: flagOf(args, 'verify-files'),
    ...ownRulesOf(args),
    ...knownBadOf(args),
    ...(dockerfile === undefined ? {} : { dockerfile: readText(dockerfile, 'PLM_USAGE') }),
    ...(created === undefined ? {} : { created }),
    baseChains: basesOf(args).map((base) => base.diffIds),
  };
}

async function analyze(
  location: string,
  args: Arguments,
  options: AnalyzeOptions,
): Promise<readonly UnjudgedAnalysis[]> {
  if (location.startsWith('sbom:')) return [await analyzeSbomAt(location, options)];
  if (flagOf(args, 'all-platforms')) return analyzeAllPlatforms(location, options);
  return [await analyzeImage(location, options)];
}

/** Matches the SBOM that `sbom:PATH` names. */
export async function analyzeSbomAt(location: string, options: AnalyzeOptions): Promise<UnjudgedAnalysis> {
  const path = location.slice('sbom:'.length);
  const { analyzeSbom } = await import('../analyze-sbom.ts');
  return analyzeSbom(path, options).catch((error: unknown) => {
    throw aboutFile(error, path);
  });
}

/** What the input can be searched for: an SBOM holds neither files nor a configuration. */
export function scannersOfLocation(location: string, scanners: ReadonlySet<Scanner>): readonly Scanner[] {
  const possible: readonly Scanner[] = location.startsWith('sbom:') ? ['vuln', 'license'] : SCANNERS;
  return possible.filter((scanner) => scanners.has(scanner));
}

function named(analysis: UnjudgedAnalysis, bases: readonly KnownBase[]): UnjudgedAnalysis {
  const baseName = baseNameOf(analysis.image.layers, bases);
  return baseName === undefined ? analysis : { ...analysis, image: { ...analysis.image, baseName } };
}

/** The analysis with problems of the run in front. */
export function withProblems(analysis: UnjudgedAnalysis, problems: readonly Problem[]): UnjudgedAnalysis {
  return problems.length === 0 ? analysis : { ...analysis, problems: [...problems, ...analysis.problems] };
}

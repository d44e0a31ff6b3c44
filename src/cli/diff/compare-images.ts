import type { Arguments } from 'yargs';
import { type AnalyzeOptions, analyzeWithFiles } from '../../analyze.ts';
import { PlimsollError } from '../../errors.ts';
import type { Analysis } from '../../model/analysis.ts';
import type { ImageDiff } from '../../model/image-diff.ts';
import { composeDiff } from '../../pipeline/diff/compose-diff.ts';
import type { DiffInput } from '../../pipeline/diff/diff-input.ts';
import { markKnown, pairFindings } from '../../pipeline/diff/paired-findings.ts';
import { rematchReport } from '../../pipeline/rematch-report.ts';
import { SCANNERS } from '../../pipeline/scanner.ts';
import { countsHistory, judge, markSuppressed, type PolicyOptions } from '../../policy/apply-policy.ts';
import { unjudge } from '../../policy/unjudge.ts';
import { stringOf } from '../arguments.ts';
import { type BundleResult, bundleFor, warnAboutAge } from '../bundle-options.ts';
import { policyOptionsOf } from '../policy-options.ts';
import { readReport } from '../read-report.ts';
import { analyzeOptionsOf, analyzeSbomAt, scannersOfLocation, withProblems } from '../run-analysis.ts';
import { scannersOf } from '../scan-options.ts';
import { showProgress } from '../show-progress.ts';
import { VERSION } from '../version.ts';

/** Two images compared, judged by what the second brings, and why the bundle could not be used. */
export interface ComparedImages {
  readonly diff: ImageDiff;
  readonly judged: Analysis;
  /** Thrown again once the comparison was written. */
  readonly bundleFailure?: PlimsollError;
}

/**
 * Analyzes both sides alike, one after the other, and compares them. Reports are matched anew with the bundle of the run,
 * so that advisories that came in between are no difference; two of them without `--db` are compared as they were written.
 */
export async function compareImages(args: Arguments, before: string, after: string): Promise<ComparedImages> {
  const policy = await policyOptionsOf(args, 'fail-on-new');
  const scanners = scannersOf(args);
  const read = await analyzeOptionsOf(args, scanners);
  const now = new Date();
  const asWritten = isReport(before) && isReport(after) && stringOf(args, 'db') === undefined;
  const chosen: BundleResult | undefined = scanners.has('vuln') && !asWritten ? bundleFor(args, now) : undefined;
  const options = chosen !== undefined && 'chosen' in chosen ? { ...read, bundle: chosen.chosen.bundle } : read;
  const problems = [...policy.problems, ...(chosen?.problems ?? [])];
  const sides: DiffInput[] = [];
  for (const location of [before, after]) {
    const side = isReport(location)
      ? await readReportSide(location, options, asWritten)
      : await readSide(location, args, options);
    const marked = markSuppressed(withProblems(side.analysis, problems), policy.options, now);
    sides.push({ ...side, analysis: marked });
  }
  const [left, right] = sides;
  if (left === undefined || right === undefined) throw new Error('a comparison of one side');
  if (chosen !== undefined && 'chosen' in chosen)
    warnAboutAge(args, chosen.chosen, { analyses: [left.analysis, right.analysis], told: new Set() });
  const compared = compareSides(left, right, { policy: policy.options, now });
  return { ...compared, ...(chosen !== undefined && 'failure' in chosen ? { bundleFailure: chosen.failure } : {}) };
}

function isReport(location: string): boolean {
  return location.startsWith('report:');
}

async function readSide(location: string, args: Arguments, options: AnalyzeOptions): Promise<DiffInput> {
  const searched = { scanners: scannersOfLocation(location, options.scanners) };
  if (location.startsWith('sbom:'))
    return { location, analysis: { ...(await analyzeSbomAt(location, options)), ...searched } };
  const progress = await showProgress(args);
  try {
    const { analysis, files } = await analyzeWithFiles(location, { ...options, onProgress: progress.onProgress });
    return { location, analysis: { ...analysis, ...searched }, files };
  } catch (error) {
    if (!(error instanceof PlimsollError) || error.code !== 'PLM_INPUT_UNKNOWN') throw error;
    const hint = 'give what scan takes, or report:PATH for a JSON report of scan';
    throw new PlimsollError(error.code, error.message, { path: error.path ?? location, hint, cause: error });
  } finally {
    progress.stop();
  }
}

async function readReportSide(
  location: string,
  { scanners, bundle, signed }: AnalyzeOptions,
  asWritten: boolean,
): Promise<DiffInput> {
  const path = location.slice('report:'.length);
  if (signed !== undefined) {
    throw new PlimsollError('PLM_IMAGE_UNSIGNED', 'a report carries no signature of the image it was made of', {
      path,
      hint: 'check the image itself; demand no signature where a report is compared',
    });
  }
  const report = unjudge(await readReport(path));
  const analysis = asWritten ? report : rematchReport(report, bundle);
  // A missing bundle tells that nothing was matched; a gate then fails instead of warning.
  const known = new Set<string>(['vuln', ...(report.scanners ?? SCANNERS)]);
  return { location, analysis: { ...analysis, scanners: [...scanners].filter((scanner) => known.has(scanner)) } };
}

function compareSides(
  before: DiffInput,
  after: DiffInput,
  { policy, now }: { readonly policy: PolicyOptions; readonly now: Date },
): Pick<ComparedImages, 'diff' | 'judged'> {
  const history = countsHistory(policy);
  const pairs = pairFindings(before.analysis, after.analysis);
  const brought = markKnown(comparable(before, after), pairs, { before: before.location, history });
  const judged = judge(brought, policy, now);
  const options = { version: VERSION, history, policy: judged.policy };
  return { judged, diff: composeDiff(before, after, { pairs, options }) };
}

/** The second side without what the first says nothing about: its gates then have no answer instead of a wrong one. */
function comparable({ analysis: before }: DiffInput, { analysis: after }: DiffInput): DiffInput['analysis'] {
  const { bundle, ...rest } = after;
  const known = before.scanners ?? SCANNERS;
  return {
    ...rest,
    ...(before.bundle === undefined || bundle === undefined ? {} : { bundle }),
    scanners: (after.scanners ?? SCANNERS).filter((scanner) => known.includes(scanner)),
  };
}

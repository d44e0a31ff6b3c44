/** The public interface: analyze, match, judge, report. Nothing else of the package is meant to be imported. */
export { type AnalyzeOptions, analyzeAllPlatforms, analyzeImage } from './analyze.ts';
export { analyzeSbom } from './analyze-sbom.ts';
export type { AdvisoryBundle, BundleInfo } from './bundle/advisory-bundle.ts';
export { type BundleChoice, type ChosenBundle, chooseBundle } from './bundle/choose-bundle.ts';
export { type ErrorCode, exitCodeOfError, PlimsollError } from './errors.ts';
export { DEFAULT_LIMITS, type LimitName, type Limits, withLimits } from './limits.ts';
export type * from './model/analysis.ts';
export type * from './model/evidence.ts';
export type * from './model/finding.ts';
export type * from './model/image.ts';
export type * from './model/package.ts';
export type * from './model/problem.ts';
export type * from './model/secret.ts';
export type { Severity } from './model/severity.ts';
export { applyPolicy, type PolicyOptions } from './policy/apply-policy.ts';
export type { ReportFormat, ReportOptions, TextSink } from './report/format.ts';
export { formatIds, loadFormat } from './report/load-format.ts';

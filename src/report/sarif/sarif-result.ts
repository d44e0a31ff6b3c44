import type { Severity } from '../../model/severity.ts';
import { printableLines } from '../printable.ts';

/** What a finding of any kind becomes before it is a SARIF rule and a SARIF result. */
export interface SarifFinding {
  readonly rule: SarifRule;
  readonly message: string;
  /** Absolute path in the image; findings outside files name the part of the configuration. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** Where in the image's build it came from, for people. */
  readonly layer?: string;
  /** Stable across rebuilds: no version, no digest. */
  readonly fingerprint: readonly string[];
  readonly suppressed?: string;
  readonly severity: Severity;
}

export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly help: string;
  readonly helpUri?: string;
  readonly severity: Severity;
  /** Number 0.0 to 10.0 where one is known; otherwise the severity's band speaks. */
  readonly score?: number;
  readonly tags: readonly string[];
  readonly precision: 'very-high' | 'high' | 'medium' | 'low';
}

export type SarifLevel = 'error' | 'warning' | 'note';

/** The three levels of SARIF (section 3.27.10). */
export function levelOf(severity: Severity): SarifLevel {
  if (severity === 'critical' || severity === 'high') return 'error';
  return severity === 'medium' ? 'warning' : 'note';
}

/** GitHub's bands of `security-severity`: above 9.0 critical, 7.0 high, 4.0 medium, 0.1 low. */
const BANDS: Readonly<Record<Severity, readonly [from: number, to: number, typical: number] | undefined>> = {
  critical: [9.1, 10, 9.5],
  high: [7, 9, 8],
  medium: [4, 6.9, 5.5],
  low: [0.1, 3.9, 2],
  negligible: [0.1, 3.9, 0.5],
  unknown: undefined,
};

/**
 * `security-severity` as GitHub reads it: the score where it lies in the band of the severity (a distribution may rate a
 * flaw otherwise than its CVSS score), else the middle of the band; absent where the severity is unknown.
 */
export function securitySeverity(severity: Severity, score: number | undefined): string | undefined {
  const band = BANDS[severity];
  if (band === undefined) return undefined;
  const [from, to, typical] = band;
  const inBand = score !== undefined && score >= from && score <= to;
  return (inBand ? score : typical).toFixed(1);
}

/**
 * A relative URI reference for a path of the image: no leading slash, every segment escaped, never empty. Code scanning
 * refuses a whole upload for one empty or absolute URI.
 */
export function relativeUri(path: string): string {
  const segments = path
    .toWellFormed()
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return segments.length === 0 ? 'image' : segments.map(encodeURIComponent).join('/');
}

/** Text for a page, safe to look at, within a limit of the format; empty texts are refused by code scanning. */
export function limited(text: string, length: number): string {
  const whole = text.trim() === '' ? 'no description' : printableLines(text);
  return whole.length <= length ? whole : `${whole.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

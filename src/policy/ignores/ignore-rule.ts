import type { Problem } from '../../model/problem.ts';
import type { Glob } from '../glob.ts';
import type { PurlPattern } from '../purl-pattern.ts';

export type FindingKind = 'vulnerability' | 'secret' | 'misconfiguration' | 'license';

/**
 * One accepted finding. All given fields must hold; a field that is absent holds for everything. A rule names at least
 * one of `id`, `purl`, `path`, `rule`, `fingerprint` or `package`: nothing is accepted wholesale by mistake.
 */
export interface IgnoreRule {
  /** Where it stands: `plimsoll-ignore.yaml#3`, `.trivyignore:7`. */
  readonly origin: string;
  /** Kinds it may apply to; all where absent. */
  readonly kinds?: readonly FindingKind[];
  /** Advisory id in any of its aliases, or a licence. */
  readonly id?: Glob;
  /** Secret rule or image check. */
  readonly rule?: Glob;
  readonly fingerprint?: string;
  readonly purl?: PurlPattern;
  /** Any of them. */
  readonly paths?: readonly Glob[];
  /** Name of the image as given or as its archive states it. */
  readonly image?: Glob;
  readonly package?: {
    readonly name?: Glob;
    readonly version?: string;
    readonly types?: readonly string[];
    readonly sourceName?: Glob;
  };
  readonly fixState?: 'fixed' | 'not-fixed' | 'wont-fix' | 'unknown';
  /** How the package was looked up: by its own name, or by that of its source. */
  readonly searched?: readonly ('name' | 'source' | 'origin')[];
  /** The rule falls away when a fixed version is known. */
  readonly untilFix: boolean;
  readonly reason: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`: from 00:00 UTC of that day on the rule does not hold any more. */
  readonly expires?: string;
}

/** Rules of one file, and what in it cannot be honoured (the findings then stay visible). */
export interface ParsedIgnores {
  readonly rules: readonly IgnoreRule[];
  readonly problems: readonly Problem[];
}

/** Whether the rule has run out. */
export function isExpired(rule: IgnoreRule, now: Date): boolean {
  return rule.expires !== undefined && now.getTime() >= Date.parse(`${rule.expires}T00:00:00Z`);
}

/** A calendar date written `YYYY-MM-DD`, also as the start of an RFC 3339 time; undefined where there is no such day. */
export function parseDay(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text);
  const day = found?.[1];
  if (day === undefined) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().slice(0, 10) === day ? day : undefined;
}

import type { Analysis } from '../../model/analysis.ts';
import type { ReportOptions } from '../format.ts';

/**
 * The time a format demands: the one asked for, else the image's own, else the epoch. RFC 3339 in UTC with whole
 * seconds, as SPDX wants it.
 */
export function documentTime(analysis: Analysis, options: ReportOptions): string {
  return utcSeconds(options.created ?? analysis.createdAt ?? analysis.image.created) ?? '1970-01-01T00:00:00Z';
}

/** `2026-10-01T12:00:00Z` for any RFC 3339 time; undefined for what is none, and for Go's zero time, which stands for none. */
export function utcSeconds(time: string | undefined): string | undefined {
  if (time === undefined || !/^(?!0001-01-01)\d{4}-\d\d-\d\d([Tt ]|$)/.test(time)) return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 19)}Z`;
}

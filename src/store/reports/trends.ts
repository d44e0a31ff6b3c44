import { DAY } from '../../model/day.ts';
import type { ArchiveStore, FindingSpan, ImageFilter } from '../archive-store.ts';

/** A page of more days says nothing more. */
const MAX_DAYS = 3660;

export interface TrendOptions {
  /** RFC 3339; both days are shown. */
  readonly since: string;
  readonly until: string;
  /** `severity`, or the name of a label whose values are the groups, or `image`. */
  readonly by: string;
  readonly filter: ImageFilter;
}

interface TrendDay {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** Findings open at the end of the day. */
  readonly open: number;
  readonly new: number;
  readonly fixed: number;
}

export interface TrendGroup {
  readonly group: string;
  readonly days: readonly TrendDay[];
  /** Days from first seen to gone, averaged over the findings fixed in the period; absent where none was. */
  readonly meanDaysToFix?: number;
}

/**
 * How many findings were open, came and went each day. A finding is one vulnerability of one component, counted once
 * however many images of the group have it. Suppressed findings are not counted.
 */
export async function trends(store: ArchiveStore, options: TrendOptions): Promise<readonly TrendGroup[]> {
  const days = daysBetween(options.since, options.until);
  const groups = await groupedSpans(store, options);
  return [...groups]
    .map(([group, spans]) => summarize(group, spans, days))
    .sort((left, right) => (left.group < right.group ? -1 : 1));
}

async function groupedSpans(
  store: ArchiveStore,
  { by, filter }: TrendOptions,
): Promise<ReadonlyMap<string, readonly FindingSpan[]>> {
  const spans = await store.findingSpans();
  const ids = [...new Set(spans.map((span) => span.component))];
  const usages = await store.usages(ids, filter);
  if (by === 'severity') {
    const used = new Set(usages.map((usage) => usage.component));
    return Map.groupBy(
      spans.filter((span) => used.has(span.component)),
      (span) => span.severity,
    );
  }
  const names = new Map(
    (await store.images(filter)).map((image) => [
      image.key,
      by === 'image' ? (image.names[0] ?? image.key) : (image.labels[by] ?? '(none)'),
    ]),
  );
  const members = new Map<string, Set<number>>();
  for (const usage of usages) {
    const group = names.get(usage.image);
    if (group === undefined) continue;
    const set = members.get(group) ?? new Set<number>();
    members.set(group, set.add(usage.component));
  }
  const groups = [...members].map(([group, set]) => [group, spans.filter((span) => set.has(span.component))] as const);
  return new Map(groups.filter(([, found]) => found.length > 0));
}

function summarize(group: string, spans: readonly FindingSpan[], days: readonly string[]): TrendGroup {
  const on = (time: string | undefined): string | undefined => time?.slice(0, 10);
  const [first = ''] = days;
  const last = days.at(-1) ?? '';
  const fixed = spans.filter(
    (span) => span.closedAt !== undefined && (on(span.closedAt) ?? '') >= first && (on(span.closedAt) ?? '') <= last,
  );
  const toFix = fixed.map((span) => (Date.parse(span.closedAt ?? '') - Date.parse(span.openedAt)) / DAY);
  return {
    group,
    days: days.map((day) => ({
      day,
      open: spans.filter(
        (span) => (on(span.openedAt) ?? '') <= day && (span.closedAt === undefined || (on(span.closedAt) ?? '') > day),
      ).length,
      new: spans.filter((span) => on(span.openedAt) === day).length,
      fixed: spans.filter((span) => on(span.closedAt) === day).length,
    })),
    ...(toFix.length === 0
      ? {}
      : { meanDaysToFix: Math.round((toFix.reduce((sum, value) => sum + value, 0) / toFix.length) * 10) / 10 }),
  };
}

function daysBetween(since: string, until: string): readonly string[] {
  const days: string[] = [];
  const end = Date.parse(`${until.slice(0, 10)}T00:00:00Z`);
  for (let at = Date.parse(`${since.slice(0, 10)}T00:00:00Z`); at <= end && days.length < MAX_DAYS; at += DAY)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

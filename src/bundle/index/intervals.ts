import type { AffectedRange, RangeEvent } from '../../model/advisory.ts';
import type { VersionScheme } from '../../versions/scheme.ts';

/** Versions from `low` (inclusive; undefined: from the beginning) to `high` (undefined: without end). */
export interface Interval {
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly highInclusive: boolean;
  /** The version the interval ends with, where it is a fix. */
  readonly fixed: string | undefined;
  /** False where events could not be compared: they were taken in the order listed. */
  readonly sorted: boolean;
}

type EventKind = 'introduced' | 'fixed' | 'lastAffected' | 'limit';

interface Event {
  readonly kind: EventKind;
  /** Undefined: before every version. */
  readonly version: string | undefined;
}

/**
 * The affected intervals of a range (https://ossf.github.io/osv-schema/#evaluation): events sorted by version, those
 * at one version in the order listed; `introduced` and `lastAffected` inclusive, `fixed` and `limit` exclusive.
 */
export function intervalsOf(range: AffectedRange, scheme: VersionScheme): Interval[] {
  const events = range.events.map(readEvent);
  const limits = events.filter((event) => event.kind === 'limit' && event.version !== '*');
  const bounded = limits.length > 0 && !events.some((event) => event.kind === 'limit' && event.version === '*');
  const walked = sortEvents(
    events.filter((event) => event.kind !== 'limit'),
    scheme,
  );
  const intervals = walk(walked.events, walked.sorted);
  if (!bounded) return intervals;
  const sorted = sortEvents(limits, scheme);
  const limit = sorted.events.at(-1)?.version ?? '0';
  return intervals.flatMap((interval) => clip(interval, limit, scheme));
}

function readEvent(event: RangeEvent): Event {
  if ('introduced' in event)
    return { kind: 'introduced', version: event.introduced === '0' ? undefined : event.introduced };
  if ('fixed' in event) return { kind: 'fixed', version: event.fixed };
  if ('lastAffected' in event) return { kind: 'lastAffected', version: event.lastAffected };
  return { kind: 'limit', version: event.limit };
}

function sortEvents(events: readonly Event[], scheme: VersionScheme): { events: readonly Event[]; sorted: boolean } {
  let sorted = true;
  const order = (a: Event, b: Event): number => {
    if (a.version === undefined || b.version === undefined) {
      return Number(a.version !== undefined) - Number(b.version !== undefined);
    }
    const compared = scheme.compare(a.version, b.version);
    if (compared === undefined) sorted = false;
    return compared ?? 0;
  };
  const inOrder = events.toSorted(order);
  const lone = events.some(({ version }) => version !== undefined && scheme.compare(version, version) === undefined);
  return sorted && !lone ? { events: inOrder, sorted: true } : { events, sorted: false };
}

function walk(events: readonly Event[], sorted: boolean): Interval[] {
  const intervals: Interval[] = [];
  let open: Event | undefined;
  for (const event of events) {
    if (event.kind === 'introduced') {
      open ??= event;
      continue;
    }
    if (open === undefined) continue;
    const fixed = event.kind === 'fixed' ? event.version : undefined;
    intervals.push({
      low: open.version,
      high: event.version,
      highInclusive: event.kind === 'lastAffected',
      fixed,
      sorted,
    });
    open = undefined;
  }
  if (open !== undefined)
    intervals.push({ low: open.version, high: undefined, highInclusive: false, fixed: undefined, sorted });
  return intervals;
}

function clip(interval: Interval, limit: string, scheme: VersionScheme): Interval[] {
  if (interval.low !== undefined && scheme.compare(interval.low, limit) !== -1) {
    return scheme.compare(interval.low, limit) === undefined ? [{ ...interval, sorted: false }] : [];
  }
  if (interval.high !== undefined && scheme.compare(interval.high, limit) === -1) return [interval];
  if (interval.high !== undefined && scheme.compare(interval.high, limit) === 0 && !interval.highInclusive)
    return [interval];
  return [{ ...interval, high: limit, highInclusive: false, fixed: undefined }];
}

import { compareText } from '../bytes/compare-text.ts';
import type { ArchiveStore } from './archive-store.ts';

/** What the archive knew about an image at a time. */
export interface KnownAt {
  /** Content id of the bundle in use then; absent where the archive had met none. */
  readonly bundle?: string;
  readonly findings: readonly {
    readonly vulnerability: string;
    readonly purl: string;
    readonly severity: string;
    readonly openedAt: string;
  }[];
}

/**
 * The findings that were open for an image at an RFC 3339 time, with the severity they had then: later changes of
 * severity are undone from the events.
 */
export async function knownAt(store: ArchiveStore, key: string, at: string): Promise<KnownAt> {
  const ids = await store.componentsOf(key);
  const purls = new Map((await store.components(ids)).map(({ id, component }) => [id, component.package.purl]));
  const later = await store.events({ component: ids, since: at });
  const events = await store.events({ until: at });
  const bundle = events.findLast((event) => event.bundle !== undefined)?.bundle;
  const findings = (await store.findingSpans(ids))
    .filter((span) => span.openedAt <= at && (span.closedAt === undefined || span.closedAt > at))
    .map((span) => {
      const change = later.find(
        (event) =>
          event.kind === 'severity' &&
          event.components?.includes(span.component) === true &&
          event.vulnerability === span.vulnerability,
      );
      const before = change?.detail['from'];
      return {
        vulnerability: span.vulnerability,
        purl: purls.get(span.component) ?? '',
        severity: typeof before === 'string' ? before : span.severity,
        openedAt: span.openedAt,
      };
    })
    .sort((left, right) => compareText(left.vulnerability, right.vulnerability) || compareText(left.purl, right.purl));
  return { ...(bundle === undefined ? {} : { bundle }), findings };
}

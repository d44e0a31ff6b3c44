import { compareText } from '../../bytes/compare-text.ts';
import type { State } from '../../model/evidence.ts';
import type { ArchiveEvent, EventCause, EventKind } from '../archive-event.ts';
import type { ArchiveStore, ImageFilter, Page, Usage } from '../archive-store.ts';

/** One event at one place of an image. */
export interface ImageEvent {
  readonly kind: EventKind;
  readonly cause: EventCause;
  /** The record that leads the finding. */
  readonly advisory: string;
  readonly aliases: readonly string[];
  readonly packageId: string;
  readonly purl: string;
  readonly state: State;
  readonly layer: number;
  readonly severity: string;
  readonly fixedIn: readonly string[];
  /** The finding's name: the CVE id where it has one. */
  readonly vulnerability: string;
  readonly at: string;
  readonly bundle?: string;
  /** What it was before, for changes. */
  readonly from?: unknown;
}

export interface AffectedImage {
  /** Manifest digest, else the archive's key. */
  readonly image: string;
  readonly ref?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly events: readonly ImageEvent[];
}

const OF_FINDINGS: ReadonlySet<EventKind> = new Set([
  'added',
  'removed',
  'severity',
  'fix',
  'kev',
  'epss',
  'status',
  'alias',
]);
/** Components asked for at once: the rows of one answer stay in the tens of megabytes. */
const AT_ONCE = 2000;

/** Events of findings, told for each image that has the component. Images without events are left out; sorted by name and digest. */
export async function affectedImages(
  store: ArchiveStore,
  events: readonly ArchiveEvent[],
  filter: ImageFilter,
): Promise<readonly AffectedImage[]> {
  const byComponent = eventsByComponent(events);
  const ids = [...byComponent.keys()];
  const told = new Map<string, ImageEvent[]>();
  for (let start = 0; start < ids.length; start += AT_ONCE)
    place(await store.usages(ids.slice(start, start + AT_ONCE), filter), byComponent, told);
  return imagesOf(store, told);
}

/** One page of what `affectedImages` tells, and how many images all pages have. */
export async function affectedPage(
  store: ArchiveStore,
  events: readonly ArchiveEvent[],
  { filter, page }: { readonly filter: ImageFilter; readonly page: Page },
): Promise<{ readonly total: number; readonly images: readonly AffectedImage[] }> {
  const byComponent = eventsByComponent(events);
  const { total, usages } = await store.usagePage([...byComponent.keys()], filter, page);
  const told = new Map<string, ImageEvent[]>();
  place(usages, byComponent, told);
  return { total, images: await imagesOf(store, told) };
}

type EventsByComponent = ReadonlyMap<number, readonly ArchiveEvent[]>;

function eventsByComponent(events: readonly ArchiveEvent[]): EventsByComponent {
  const byComponent = new Map<number, ArchiveEvent[]>();
  for (const event of events) {
    if (!OF_FINDINGS.has(event.kind)) continue;
    for (const component of event.components ?? []) {
      const list = byComponent.get(component);
      if (list === undefined) byComponent.set(component, [event]);
      else list.push(event);
    }
  }
  return byComponent;
}

function place(usages: readonly Usage[], byComponent: EventsByComponent, told: Map<string, ImageEvent[]>): void {
  for (const usage of usages) {
    const list = told.get(usage.image) ?? [];
    told.set(usage.image, list);
    for (const event of byComponent.get(usage.component) ?? []) list.push(toImageEvent(event, usage));
  }
}

/** Images by key as they are told, sorted. */
async function imagesOf(
  store: ArchiveStore,
  told: ReadonlyMap<string, ImageEvent[]>,
): Promise<readonly AffectedImage[]> {
  const images = await store.images({ keys: [...told.keys()] });
  return images.map(({ key, manifestDigest, names, labels }) => {
    const [ref] = names;
    return {
      image: manifestDigest ?? key,
      ...(ref === undefined ? {} : { ref }),
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      events: (told.get(key) ?? []).sort(byPlace),
    };
  });
}

function toImageEvent(event: ArchiveEvent, usage: Usage): ImageEvent {
  const { detail } = event;
  return {
    kind: event.kind,
    cause: event.cause,
    advisory: textOf(detail['advisory']),
    aliases: listOf(detail['aliases']),
    packageId: usage.packageId,
    purl: usage.purl,
    state: usage.state,
    layer: usage.layer,
    severity: textOf(detail['severity']),
    fixedIn: listOf(detail['fixedIn']),
    vulnerability: event.vulnerability ?? '',
    at: event.at,
    ...(event.bundle === undefined ? {} : { bundle: event.bundle }),
    ...(detail['from'] === undefined ? {} : { from: detail['from'] }),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function byPlace(left: ImageEvent, right: ImageEvent): number {
  return (
    compareText(left.vulnerability, right.vulnerability) ||
    compareText(left.packageId, right.packageId) ||
    left.layer - right.layer ||
    compareText(left.kind, right.kind) ||
    compareText(left.at, right.at)
  );
}

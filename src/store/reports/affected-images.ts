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
/** Images that table, Markdown and HTML show: more are read by programs. */
export const SHOWN = 1000;

/** Images told at once: with a hundred events each they stay in the tens of megabytes. */
const AT_ONCE = 200;

/** Events of findings, told for each image that has the component, some images at a time. Images without events are left out; sorted by name and digest. */
export async function* affectedImages(
  store: ArchiveStore,
  events: readonly ArchiveEvent[],
  filter: ImageFilter,
): AsyncGenerator<readonly AffectedImage[]> {
  const byComponent = eventsByComponent(events);
  for await (const usages of store.usagePages([...byComponent.keys()], filter, AT_ONCE))
    yield toldImages(store, usages, byComponent);
}

/** One page of what `affectedImages` tells, and how many images all pages have. */
export async function affectedPage(
  store: ArchiveStore,
  events: readonly ArchiveEvent[],
  { filter, page }: { readonly filter: ImageFilter; readonly page: Page },
): Promise<{ readonly total: number; readonly images: readonly AffectedImage[] }> {
  const byComponent = eventsByComponent(events);
  const { total, usages } = await store.usagePage([...byComponent.keys()], filter, page);
  return { total, images: await toldImages(store, usages, byComponent) };
}

/** Whether any image that fits has a component of an event. */
export async function anyAffected(
  store: ArchiveStore,
  events: readonly ArchiveEvent[],
  filter: ImageFilter,
): Promise<boolean> {
  const { total } = await store.usagePage([...eventsByComponent(events).keys()], filter, { limit: 1 });
  return total > 0;
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

/** What a page of usages tells, image by image. */
async function toldImages(
  store: ArchiveStore,
  usages: readonly Usage[],
  byComponent: EventsByComponent,
): Promise<readonly AffectedImage[]> {
  const told = new Map<string, ImageEvent[]>();
  for (const usage of usages) {
    const list = told.get(usage.image) ?? [];
    told.set(usage.image, list);
    for (const event of byComponent.get(usage.component) ?? []) list.push(toImageEvent(event, usage));
  }
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

import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import { positionIn } from '../bundle/index/byte-table.ts';
import { readAdvisoryColumns } from '../bundle/index/open-advisories.ts';
import { affectedComponents } from './affected-components.ts';
import type { EventDraft } from './archive-event.ts';
import type { ArchiveStore, BundleMark } from './archive-store.ts';
import { changedKeys } from './bundle-changes/changed-keys.ts';
import type { OwnFinding } from './component-finding.ts';
import { EventGroups } from './event-groups.ts';
import type { EventContext, HasRecord } from './finding-events.ts';
import { bundleMark, type ComponentMatcher, componentMatcher } from './match-components.ts';
import { type FindingBatch, PackedFindings } from './packed-findings.ts';

export interface RematchRequest {
  readonly store: ArchiveStore;
  readonly bundle: AdvisoryBundle;
  /** An earlier bundle by content id, where it is still at hand. */
  readonly earlier: (contentId: string) => AdvisoryBundle | undefined;
  readonly at: string;
  /** Match every component anew: after a change of the matcher, and to check the incremental result. */
  readonly full?: boolean;
}

export interface RematchResult {
  readonly from: BundleMark | undefined;
  readonly to: BundleMark;
  /** One for each difference, with all components it is the same for. */
  readonly events: readonly EventDraft[];
  readonly changedKeys: number;
  readonly componentsMatched: number;
}

/** Components matched in one go: bounds memory, and lets one batch share what a bundle's reader has opened. */
const BATCH = 20_000;

/**
 * Brings the findings of the archive from the bundle they were matched by to another one. Only components that the
 * difference of the two bundles can touch are matched again; the result is that of matching everything.
 */
export async function rematch(request: RematchRequest): Promise<RematchResult> {
  const { store, bundle, at } = request;
  const from = await store.current();
  const to = bundleMark(bundle);
  const lastComponent = await store.lastComponent();
  const work = await plan(request, from);
  const matcher = componentMatcher(bundle);
  const findings = new PackedFindings();
  const groups = new EventGroups();
  let componentsMatched = 0;
  for (const { components, before } of work.parts) {
    const context = { bundle: to.contentId, before, after: hasRecord(bundle) };
    for (let start = 0; start < components.length; start += BATCH) {
      const batch = components.slice(start, start + BATCH);
      componentsMatched += batch.length;
      findings.add(await matchBatch({ store, batch, matcher, groups, context }));
    }
  }
  const events = groups.drafts();
  const summary: EventDraft = {
    kind: 'bundle',
    cause: 'operator',
    bundle: to.contentId,
    detail: {
      from: from?.contentId ?? null,
      sequence: to.sequence,
      changedKeys: work.changedKeys,
      componentsMatched,
      events: events.length,
    },
  };
  const nothingNew = from?.contentId === to.contentId && events.length === 0;
  if (!nothingNew || componentsMatched > 0) {
    await store.commitRematch({
      at,
      bundle: to,
      from: from?.contentId,
      lastComponent,
      findings,
      events: nothingNew ? [] : [...events, summary],
    });
  }
  return { from, to, events, changedKeys: work.changedKeys, componentsMatched };
}

interface Plan {
  readonly changedKeys: number;
  readonly parts: readonly { readonly components: readonly number[]; readonly before: EventContext['before'] }[];
}

/** Which components to match: by what each was matched with last. */
async function plan(request: RematchRequest, from: BundleMark | undefined): Promise<Plan> {
  const { store, bundle } = request;
  const to = bundle.info.contentId;
  const elsewhere = await store.componentsElsewhere();
  const apart = new Set([...elsewhere.values()].flat());
  const parts: Plan['parts'][number][] = [];
  let keys = 0;
  if (from !== undefined && (request.full === true || from.contentId !== to)) {
    const before = request.earlier(from.contentId);
    const touched = await difference(request, before);
    keys = touched.changedKeys;
    const components = touched.components === 'all' ? await everyComponent(store) : [...touched.components];
    parts.push({ components: components.filter((id) => !apart.has(id)), before: recordsOf(before) });
  }
  for (const [contentId, archived] of elsewhere) {
    const isFirst = contentId === '';
    const before = isFirst ? undefined : contentId === to ? bundle : request.earlier(contentId);
    const { components } = await difference(request, before);
    parts.push({
      components: components === 'all' ? archived : archived.filter((id) => components.has(id)),
      before: isFirst ? 'first-match' : recordsOf(before),
    });
  }
  return { changedKeys: keys, parts };
}

/** What the new bundle can change in findings that an earlier one gave: all of them where that one is not at hand. */
async function difference(
  { store, bundle, full }: RematchRequest,
  before: AdvisoryBundle | undefined,
): Promise<{ readonly changedKeys: number; readonly components: ReadonlySet<number> | 'all' }> {
  if (before === undefined || full === true) return { changedKeys: 0, components: 'all' };
  const changes = changedKeys(before, bundle);
  return { changedKeys: changes.keys.length, components: await affectedComponents(store, changes, [before, bundle]) };
}

function recordsOf(bundle: AdvisoryBundle | undefined): EventContext['before'] {
  return bundle === undefined ? 'unknown' : hasRecord(bundle);
}

async function everyComponent(store: ArchiveStore): Promise<readonly number[]> {
  const ids: number[] = [];
  for (
    let page = await store.allComponents(0, BATCH);
    page.length > 0;
    page = await store.allComponents(page.at(-1) ?? 0, BATCH)
  )
    ids.push(...page);
  return ids;
}

interface BatchWork {
  readonly store: ArchiveStore;
  readonly batch: readonly number[];
  readonly matcher: ComponentMatcher;
  readonly groups: EventGroups;
  readonly context: EventContext;
}

/** New findings of the components whose findings differ. */
async function matchBatch({ store, batch, matcher, groups, context }: BatchWork): Promise<FindingBatch> {
  const findings = new Map<number, readonly OwnFinding[]>();
  const components = await store.components(batch);
  const matched = matcher(components.map(({ component }) => component));
  const old = Map.groupBy(await store.findings(batch), ({ component }) => component);
  for (const [position, { id }] of components.entries()) {
    const before = old.get(id) ?? [];
    const now = matched[position] ?? [];
    if (sameFindings(before, now)) continue;
    findings.set(id, now);
    groups.put({ before, now, context }, id);
  }
  return findings;
}

function sameFindings(left: readonly OwnFinding[], right: readonly OwnFinding[]): boolean {
  if (left.length !== right.length) return false;
  const known = new Set(left.map(keyOf));
  return right.every((finding) => known.has(keyOf(finding)));
}

function keyOf({ shared, version }: OwnFinding): string {
  return version === undefined ? shared.text : `${version}\0${shared.text}`;
}

/** Looks a record up without opening it. */
function hasRecord(bundle: AdvisoryBundle): HasRecord {
  const encoder = new TextEncoder();
  const feeds = new Map<string, ReturnType<typeof readAdvisoryColumns> | undefined>();
  return (source, id) => {
    if (!feeds.has(source)) {
      const bytes = bundle.section('advisories', source);
      feeds.set(source, bytes === undefined ? undefined : readAdvisoryColumns(bytes));
    }
    const columns = feeds.get(source);
    return columns !== undefined && positionIn(columns.ids, encoder.encode(id)) % 2 === 1;
  };
}

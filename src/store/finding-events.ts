import type { EventCause, EventDraft } from './archive-event.ts';
import { type ComponentFinding, findingIds } from './component-finding.ts';

/** Whether a bundle has a record of this feed. */
export type HasRecord = (source: string, id: string) => boolean;

export interface EventContext {
  readonly bundle: string;
  /** Records of the bundle that gave the old findings; `first-match` where there was none, `unknown` where it is gone. */
  readonly before: HasRecord | 'first-match' | 'unknown';
  readonly after: HasRecord;
}

/** What became of a component's findings, one event for each difference, by finding and without the component. Suppressed findings count as absent. */
export function findingEvents(
  old: readonly ComponentFinding[],
  now: readonly ComponentFinding[],
  context: EventContext,
): readonly EventDraft[] {
  const before = new Map(old.map((finding) => [finding.id, finding]));
  const after = new Map(now.map((finding) => [finding.id, finding]));
  const renamed = new Set<string>();
  const events: EventDraft[] = [];
  for (const finding of now) {
    const known = before.get(finding.id);
    if (known !== undefined) events.push(...changes(known, finding, context));
    else {
      const merged = old.filter((candidate) => !after.has(candidate.id) && sharesId(candidate, finding));
      for (const { id } of merged) renamed.add(id);
      events.push(...(merged.length > 0 ? renaming(merged, finding, context) : arrival(finding, context)));
    }
  }
  for (const finding of old) {
    if (after.has(finding.id) || renamed.has(finding.id) || finding.suppressed !== undefined) continue;
    const gone = finding.advisories.every(({ source, id }) => !context.after(source, id));
    events.push(draft({ kind: 'removed', cause: gone ? 'advisory-withdrawn' : 'range-narrowed' }, finding, context));
  }
  return events;
}

function sharesId(left: ComponentFinding, right: ComponentFinding): boolean {
  const ids = new Set(findingIds(left));
  return findingIds(right).some((id) => ids.has(id));
}

function arrival(finding: ComponentFinding, context: EventContext): readonly EventDraft[] {
  if (finding.suppressed !== undefined) return [];
  return [draft({ kind: 'added', cause: arrivalCause(finding, context.before) }, finding, context)];
}

function arrivalCause(finding: ComponentFinding, before: EventContext['before']): EventCause {
  if (before === 'first-match') return 'first-match';
  if (before === 'unknown') return 'previous-bundle-unknown';
  return finding.advisories.every(({ source, id }) => !before(source, id)) ? 'new-advisory' : 'range-widened';
}

/** A finding that goes on under another name, as when a record gets its CVE id. */
function renaming(
  old: readonly ComponentFinding[],
  finding: ComponentFinding,
  context: EventContext,
): readonly EventDraft[] {
  const facts = { was: old.map(({ id }) => id).sort() };
  const visible = old.some((candidate) => candidate.suppressed === undefined);
  if (finding.suppressed !== undefined)
    return visible ? [draft({ kind: 'removed', cause: 'suppression-added', facts }, finding, context)] : [];
  if (!visible) return [draft({ kind: 'added', cause: 'suppression-withdrawn', facts }, finding, context)];
  return [draft({ kind: 'alias', cause: 'alias-merged', facts }, finding, context)];
}

function changes(old: ComponentFinding, now: ComponentFinding, context: EventContext): readonly EventDraft[] {
  if (old.suppressed !== undefined && now.suppressed !== undefined) return [];
  if (old.suppressed !== undefined) return [draft({ kind: 'added', cause: 'suppression-withdrawn' }, now, context)];
  if (now.suppressed !== undefined) return [draft({ kind: 'removed', cause: 'suppression-added' }, now, context)];
  const changed: Happening[] = [];
  if (old.severity !== now.severity)
    changed.push({ kind: 'severity', cause: 'severity-changed', facts: { from: old.severity } });
  if (old.fixedIn.join('\0') !== now.fixedIn.join('\0')) {
    const cause = old.fixedIn.length === 0 ? 'fix-published' : 'fix-changed';
    changed.push({ kind: 'fix', cause, facts: { from: old.fixedIn } });
  } else if (old.status !== now.status)
    changed.push({ kind: 'status', cause: 'status-changed', facts: { from: old.status } });
  if ((old.kev === undefined) !== (now.kev === undefined))
    changed.push({ kind: 'kev', cause: now.kev === undefined ? 'kev-removed' : 'kev-listed' });
  if (old.exploitLikely !== now.exploitLikely)
    changed.push({ kind: 'epss', cause: now.exploitLikely === true ? 'epss-raised' : 'epss-fallen' });
  return changed.map((happening) => draft(happening, now, context));
}

/** What an event tells beside the finding itself. */
interface Happening extends Pick<EventDraft, 'kind' | 'cause'> {
  readonly facts?: EventDraft['detail'];
}

function draft({ kind, cause, facts }: Happening, finding: ComponentFinding, { bundle }: EventContext): EventDraft {
  return {
    kind,
    cause,
    bundle,
    vulnerability: finding.id,
    detail: {
      advisory: finding.advisories[0]?.id ?? finding.id,
      aliases: finding.aliases,
      severity: finding.severity,
      fixedIn: finding.fixedIn,
      status: finding.status,
      ...facts,
    },
  };
}

import type { EventDraft } from './archive-event.ts';
import type { OwnFinding, SharedFinding } from './component-finding.ts';
import { type EventContext, findingEvents } from './finding-events.ts';

/** A component's findings as they were and as they are. */
export interface FindingChange {
  readonly before: readonly OwnFinding[];
  readonly now: readonly OwnFinding[];
  readonly context: EventContext;
}

interface Group {
  readonly draft: EventDraft;
  readonly components: number[];
}

/** Collects what happened to components, one event for all components that the same happened to. */
export class EventGroups {
  readonly #groups = new Map<string, Group>();
  readonly #numbers = new WeakMap<SharedFinding | EventContext, number>();
  /** What a change means does not depend on versions: alike components have the same findings before and after. */
  readonly #changes = new Map<string, readonly Group[]>();
  #last = 0;

  put(change: FindingChange, component: number): void {
    const key = [change.before, change.now]
      .map((side) => side.map(({ shared }) => this.#number(shared)).join())
      .join(';');
    const place = `${this.#number(change.context)};${key}`;
    const groups = this.#changes.get(place) ?? this.#groupsOf(change);
    this.#changes.set(place, groups);
    for (const group of groups) group.components.push(component);
  }

  /** In the order in which they were met first. */
  drafts(): readonly EventDraft[] {
    return [...this.#groups.values()].map(({ draft, components }) => ({
      ...draft,
      components: components.sort((left, right) => left - right),
    }));
  }

  #groupsOf({ before, now, context }: FindingChange): readonly Group[] {
    const events = findingEvents(
      before.map(({ shared }) => shared.finding),
      now.map(({ shared }) => shared.finding),
      context,
    );
    return events.map((draft) => {
      const key = JSON.stringify([draft.kind, draft.cause, draft.vulnerability ?? null, draft.detail]);
      const group = this.#groups.get(key) ?? { draft, components: [] };
      this.#groups.set(key, group);
      return group;
    });
  }

  #number(thing: SharedFinding | EventContext): number {
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#numbers.set(thing, this.#last);
    return this.#last;
  }
}

import type { EventDraft } from './archive-event.ts';

/** Collects what happened to components, one event for all components that the same happened to. */
export class EventGroups {
  readonly #groups = new Map<string, { readonly draft: EventDraft; readonly components: number[] }>();

  put(draft: EventDraft, component: number): void {
    const key = JSON.stringify([draft.kind, draft.cause, draft.vulnerability ?? null, draft.detail]);
    const known = this.#groups.get(key);
    if (known === undefined) this.#groups.set(key, { draft, components: [component] });
    else known.components.push(component);
  }

  /** In the order in which they were met first. */
  drafts(): readonly EventDraft[] {
    return [...this.#groups.values()].map(({ draft, components }) => ({
      ...draft,
      components: components.sort((left, right) => left - right),
    }));
  }
}

import { hash } from 'node:crypto';

/** `added`, `removed`: a finding; `severity`, `fix`, `kev`, `epss`, `status`, `alias`: what changed of one; `verdict`, `suppression`: a policy's answer; the others: what was done to the archive. */
export type EventKind =
  | 'added'
  | 'removed'
  | 'severity'
  | 'fix'
  | 'kev'
  | 'epss'
  | 'status'
  | 'alias'
  | 'verdict'
  | 'suppression'
  | 'image-added'
  | 'image-updated'
  | 'image-labelled'
  | 'image-retired'
  | 'image-restored'
  | 'image-pruned'
  | 'bundle';

/** Why it happened. */
export type EventCause =
  | 'new-advisory'
  | 'advisory-withdrawn'
  | 'range-widened'
  | 'range-narrowed'
  | 'alias-merged'
  | 'severity-changed'
  | 'fix-published'
  | 'fix-changed'
  | 'kev-listed'
  | 'kev-removed'
  | 'epss-raised'
  | 'epss-fallen'
  | 'status-changed'
  | 'first-match'
  | 'previous-bundle-unknown'
  | 'ignore-expired'
  | 'suppression-added'
  | 'suppression-withdrawn'
  | 'policy-changed'
  | 'findings-changed'
  | 'operator'
  | 'retention';

/** An event before it has its place in the chain. */
export interface EventDraft {
  readonly kind: EventKind;
  readonly cause: EventCause;
  /** Content id of the bundle it came with. */
  readonly bundle?: string;
  /** Components it happened to, in rising order: what one advisory does to a thousand of them is one event. */
  readonly components?: readonly number[];
  /** Key of the image. */
  readonly image?: string;
  readonly vulnerability?: string;
  /** Small, JSON-safe facts: severity before and after, fixed versions, the reason of a removal. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An event as stored: numbered from 1 and chained to the one before it. */
export interface ArchiveEvent extends EventDraft {
  readonly sequence: number;
  readonly at: string;
  /** SHA-256 in hex over the hash before and this event: a change or a gap anywhere breaks the chain. */
  readonly hash: string;
}

export interface EventFilter {
  /** Events after this sequence. */
  readonly after?: number;
  /** RFC 3339, inclusive. */
  readonly since?: string;
  /** RFC 3339, exclusive. */
  readonly until?: string;
  readonly bundle?: string;
  readonly image?: string;
  readonly vulnerability?: string;
  /** Events of any of these components; an event found names its other components too. */
  readonly component?: readonly number[];
}

/** What the first event is chained to. */
export const CHAIN_START = '0'.repeat(64);

/** The hash of an event after the one with hash `previous`. */
export function eventHash(previous: string, event: Omit<ArchiveEvent, 'hash'>): string {
  const fields = [
    previous,
    event.sequence,
    event.at,
    event.kind,
    event.cause,
    event.bundle ?? null,
    event.components ?? null,
    event.image ?? null,
    event.vulnerability ?? null,
    JSON.stringify(event.detail),
  ];
  return hash('sha256', JSON.stringify(fields));
}

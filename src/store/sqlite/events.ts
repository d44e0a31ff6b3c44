import { isRecord, parseJson } from '../../bytes/json.ts';
import {
  type ArchiveEvent,
  CHAIN_START,
  type EventCause,
  type EventDraft,
  type EventFilter,
  type EventKind,
  eventHash,
} from '../archive-event.ts';
import { decodeComponents, encodeComponents } from '../component-list.ts';
import { asList, type Connection, present } from './connection.ts';
import type { Walk } from './verify-walk.ts';

interface EventRow {
  readonly sequence: number;
  readonly at: string;
  readonly kind: EventKind;
  readonly cause: EventCause;
  readonly bundle: string | null;
  readonly components: Uint8Array | null;
  readonly image: string | null;
  readonly vulnerability: string | null;
  readonly detail: string;
  readonly hash: string;
}

/** Appends events to the chain; only inside a transaction. */
export function appendEvents(connection: Connection, drafts: readonly EventDraft[], at: string): void {
  if (drafts.length === 0) return;
  const last = connection.get<{ sequence: number; hash: string }>(
    'SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1',
  );
  let sequence = last?.sequence ?? 0;
  let hash = last?.hash ?? CHAIN_START;
  const filed: FiledEvent[] = [];
  for (const draft of drafts) {
    sequence += 1;
    hash = eventHash(hash, { ...draft, sequence, at });
    connection.run(
      'INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      sequence,
      at,
      draft.kind,
      draft.cause,
      draft.bundle ?? null,
      draft.components === undefined ? null : encodeComponents(draft.components),
      draft.image ?? null,
      draft.vulnerability ?? null,
      JSON.stringify(draft.detail),
      hash,
    );
    for (const component of draft.components ?? []) filed.push([component, sequence]);
  }
  fileUnderComponents(connection, filed);
}

type FiledEvent = readonly [component: number, event: number];

/** In order of component: the index is then written from end to end. */
function fileUnderComponents(connection: Connection, filed: FiledEvent[]): void {
  filed.sort(([left], [right]) => left - right);
  connection.run(
    'INSERT INTO event_component SELECT value ->> 0, value ->> 1 FROM json_each(?)',
    JSON.stringify(filed),
  );
}

/** Events in their order. */
export function readEvents(connection: Connection, filter: EventFilter): readonly ArchiveEvent[] {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: string, value: unknown): void => {
    if (value === undefined) return;
    conditions.push(condition);
    parameters.push(value);
  };
  add('sequence > ?', filter.after);
  add('at >= ?', filter.since);
  add('at < ?', filter.until);
  add('bundle = ?', filter.bundle);
  add('image = ?', filter.image);
  add('vulnerability = ?', filter.vulnerability);
  add(
    'sequence IN (SELECT event FROM event_component WHERE component IN (SELECT value FROM json_each(?)))',
    filter.component === undefined ? undefined : asList(filter.component),
  );
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return connection.all<EventRow>(`SELECT * FROM event ${where} ORDER BY sequence`, ...parameters).map(toEvent);
}

function toEvent(row: EventRow): ArchiveEvent {
  const detail = parseJson(row.detail, 8);
  return {
    sequence: row.sequence,
    at: row.at,
    kind: row.kind,
    cause: row.cause,
    ...present('bundle', row.bundle),
    ...present('components', row.components === null ? null : decodeComponents(row.components)),
    ...present('image', row.image),
    ...present('vulnerability', row.vulnerability),
    detail: isRecord(detail) ? detail : {},
    hash: row.hash,
  };
}

/** How many events are not filed under exactly the components they name. */
export function misfiledEvents(connection: Connection, walk: Walk): number {
  const filed = new Map(
    connection
      .all<{ event: number; components: string }>(
        'SELECT event, group_concat(component ORDER BY component) AS components FROM event_component GROUP BY event',
      )
      .map(({ event, components }) => [event, components]),
  );
  let misfiled = 0;
  for (const { sequence, components } of walk('events', eachEvent(connection))) {
    if ((filed.get(sequence) ?? '') !== (components ?? []).join()) misfiled += 1;
    filed.delete(sequence);
  }
  return misfiled + filed.size;
}

/** All events in their order, none kept. */
function* eachEvent(connection: Connection): Generator<ArchiveEvent> {
  for (const row of connection.database.prepare<[], EventRow>('SELECT * FROM event ORDER BY sequence').iterate())
    yield toEvent(row);
}

/** Files all events under their components again; only inside a transaction. */
export function fileAnew(connection: Connection): void {
  connection.run('DELETE FROM event_component');
  const filed = readEvents(connection, {}).flatMap(({ sequence, components }) =>
    (components ?? []).map((component): FiledEvent => [component, sequence]),
  );
  fileUnderComponents(connection, filed);
}

/** The first place where the chain does not hold, in words; undefined where it holds. */
export function brokenChain(connection: Connection, walk: Walk): string | undefined {
  let hash = CHAIN_START;
  let sequence = 0;
  for (const event of walk('events', eachEvent(connection))) {
    sequence += 1;
    if (event.sequence !== sequence) return `event ${sequence} is missing`;
    hash = eventHash(hash, event);
    if (hash !== event.hash) return `event ${sequence} was altered`;
  }
  return undefined;
}

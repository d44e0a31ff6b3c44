import { isRecord, parseJson, textMap } from '../../bytes/json.ts';
import type { EventDraft } from '../archive-event.ts';
import type { Decision } from '../archive-store.ts';
import { asList, type Connection } from './connection.ts';
import { appendEvents } from './events.ts';

interface DecisionRow {
  readonly image: string;
  readonly policy: string;
  readonly bundle: string;
  readonly verdict: Decision['verdict'];
  readonly suppressed: string;
  readonly at: string;
}

/** What policies said last of images, by their keys. */
export function readDecisions(connection: Connection, keys: readonly string[]): ReadonlyMap<string, Decision> {
  const rows = connection.all<DecisionRow>(
    'SELECT * FROM decision WHERE image IN (SELECT value FROM json_each(?))',
    asList(keys),
  );
  return new Map(rows.map((row) => [row.image, decisionOf(row)]));
}

function decisionOf({ policy, bundle, verdict, suppressed, at }: DecisionRow): Decision {
  const rules = parseJson(suppressed, 2);
  return { policyDigest: policy, bundle, verdict, suppressed: isRecord(rules) ? textMap(rules) : {}, at };
}

interface NewDecisions {
  readonly decisions: readonly (Decision & { readonly key: string })[];
  readonly events: readonly EventDraft[];
  readonly at: string;
}

/** Remembers decisions and what they changed, inside the caller's transaction. */
export function writeDecisions(connection: Connection, { decisions, events, at }: NewDecisions): void {
  for (const { key, policyDigest, bundle, verdict, suppressed, at: decidedAt } of decisions) {
    connection.run(
      'INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)',
      key,
      policyDigest,
      bundle,
      verdict,
      JSON.stringify(suppressed),
      decidedAt,
    );
  }
  appendEvents(connection, events, at);
}

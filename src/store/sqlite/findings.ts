import { hash } from 'node:crypto';
import type { FindingSpan, RematchChange, StoredFinding } from '../archive-store.ts';
import { findingIds, type OwnFinding, type SharedFinding } from '../component-finding.ts';
import { isComponentFinding, readStored } from '../stored-shapes.ts';
import { asList, type Connection, present } from './connection.ts';

interface FindingRow {
  readonly component: number;
  readonly flaw: number;
  readonly version: string | null;
  readonly openedAt: string;
}

/** Findings that are not closed, by component and in the order they were opened. Throws PLM_ARCHIVE_DAMAGED. */
export function openFindings(connection: Connection, components: readonly number[]): readonly StoredFinding[] {
  const rows = connection.all<FindingRow>(
    `SELECT component, flaw, version, opened_at AS openedAt FROM finding
     WHERE closed_at IS NULL AND component IN (SELECT value FROM json_each(?)) ORDER BY component, id`,
    asList(components),
  );
  const flaws = readFlaws(connection, [...new Set(rows.map(({ flaw }) => flaw))]);
  return rows.flatMap(({ component, flaw, version, openedAt }) => {
    const shared = flaws.get(flaw);
    return shared === undefined ? [] : [{ component, shared, ...present('version', version), openedAt }];
  });
}

function readFlaws(connection: Connection, ids: readonly number[]): ReadonlyMap<number, SharedFinding> {
  return new Map(
    connection
      .all<{ id: number; content: string }>(
        'SELECT id, content FROM flaw WHERE id IN (SELECT value FROM json_each(?))',
        asList(ids),
      )
      .map(({ id, content: text }) => [
        id,
        { text, finding: readStored(text, isComponentFinding, { what: `flaw ${id}`, path: connection.path }) },
      ]),
  );
}

/** Makes `batches` the open findings of each component: closes, updates and opens what differs. Components pruned since they were matched are passed over. */
export function replaceFindings(connection: Connection, batches: RematchChange['findings'], at: string): void {
  const flaws: KnownFlaws = new Map();
  for (const findings of batches) {
    if (flaws.size > FLAWS_REMEMBERED) flaws.clear();
    replaceBatch(connection, findings, { at, flaws });
  }
}

function replaceBatch(
  connection: Connection,
  findings: ReadonlyMap<number, readonly OwnFinding[]>,
  { at, flaws }: { readonly at: string; readonly flaws: KnownFlaws },
): void {
  // In order of number, whatever they were matched in: the index of open findings is then written from end to end.
  const components = [...findings.keys()].sort((left, right) => left - right);
  const open = openRows(connection, components);
  for (const component of components) {
    const known = open.get(component);
    if (known === undefined) continue;
    for (const finding of findings.get(component) ?? []) {
      const { id } = finding.shared.finding;
      const row = known.get(id);
      known.delete(id);
      if (row === undefined) insertFinding(connection, { component, ...finding }, { at, flaws });
      else updateFinding(connection, row, finding, flaws);
    }
    for (const row of known.values()) connection.run('UPDATE finding SET closed_at = ? WHERE id = ?', at, row);
  }
}

/** Rows of the open findings by vulnerability, for each of the components that there is. */
function openRows(connection: Connection, components: readonly number[]): ReadonlyMap<number, Map<string, number>> {
  const list = asList(components);
  const rows = new Map<number, Map<string, number>>();
  // Whether a component is still there is asked of the groups, as pruning does: their rows are a twentieth of its own.
  for (const id of connection.numbers(
    'SELECT DISTINCT component FROM group_member WHERE component IN (SELECT value FROM json_each(?))',
    list,
  ))
    rows.set(id, new Map());
  for (const { component, id, vulnerability } of connection.all<{
    component: number;
    id: number;
    vulnerability: string;
  }>(
    `SELECT finding.component, finding.id, flaw.vulnerability FROM finding JOIN flaw ON flaw.id = finding.flaw
     WHERE closed_at IS NULL AND component IN (SELECT value FROM json_each(?))`,
    list,
  ))
    rows.get(component)?.set(vulnerability, id);
  return rows;
}

/** Numbers of flaws met in one transaction, by their text. */
type KnownFlaws = Map<string, number>;

const FLAWS_REMEMBERED = 20_000;

/** Opens a finding of a component; what findings share is stored once. */
export function insertFinding(
  connection: Connection,
  { component, shared, version }: OwnFinding & { readonly component: number },
  { at, flaws }: { readonly at: string; readonly flaws: KnownFlaws },
): void {
  connection.run(
    'INSERT INTO finding (component, flaw, version, opened_at) VALUES (?, ?, ?, ?)',
    component,
    internFlaw(connection, shared, flaws),
    version ?? null,
    at,
  );
}

function updateFinding(connection: Connection, row: number, { shared, version }: OwnFinding, flaws: KnownFlaws): void {
  connection.run(
    'UPDATE finding SET flaw = ?, version = ? WHERE id = ?',
    internFlaw(connection, shared, flaws),
    version ?? null,
    row,
  );
}

/** Names are kept with what components share: a flaw that a thousand of them have is named once. */
function internFlaw(connection: Connection, shared: SharedFinding, flaws: KnownFlaws): number {
  const met = flaws.get(shared.text) ?? storedFlaw(connection, shared);
  flaws.set(shared.text, met);
  return met;
}

function storedFlaw(connection: Connection, { finding, text }: SharedFinding): number {
  const digest = hash('sha256', text, 'buffer');
  const known = connection.number('SELECT id FROM flaw WHERE digest = ?', digest);
  if (known !== undefined) return known;
  const { lastInsertRowid } = connection.run(
    'INSERT INTO flaw (digest, vulnerability, severity, suppressed, content) VALUES (?, ?, ?, ?, ?)',
    digest,
    finding.id,
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    text,
  );
  const flaw = Number(lastInsertRowid);
  for (const name of findingIds(finding)) connection.run('INSERT INTO flaw_name VALUES (?, ?)', name, flaw);
  return flaw;
}

export function findingSpans(connection: Connection, ids: readonly number[] | undefined): readonly FindingSpan[] {
  const some = ids === undefined ? '' : 'AND component IN (SELECT value FROM json_each(?))';
  return connection
    .all<Omit<FindingSpan, 'closedAt'> & { closedAt: string | null }>(
      `SELECT component, vulnerability, severity, opened_at AS openedAt, closed_at AS closedAt
       FROM finding JOIN flaw ON flaw.id = finding.flaw WHERE suppressed = 0 ${some} ORDER BY finding.id`,
      ...(ids === undefined ? [] : [asList(ids)]),
    )
    .map((row) => ({ ...row, closedAt: row.closedAt ?? undefined }));
}

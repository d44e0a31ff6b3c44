import { createHash } from 'node:crypto';
import type { FindingSpan, StoredFinding } from '../archive-store.ts';
import {
  type ComponentFinding,
  findingIds,
  type OwnPart,
  type SharedPart,
  splitFinding,
} from '../component-finding.ts';
import { asList, type Connection } from './connection.ts';

interface FindingRow {
  readonly component: number;
  readonly content: string;
  readonly shared: string;
  readonly openedAt: string;
}

export function openFindings(connection: Connection, components: readonly number[]): readonly StoredFinding[] {
  return connection
    .all<FindingRow>(
      `SELECT finding.component, finding.content, flaw.content AS shared, finding.opened_at AS openedAt
       FROM finding JOIN flaw ON flaw.id = finding.flaw
       WHERE closed_at IS NULL AND finding.component IN (SELECT value FROM json_each(?)) ORDER BY finding.component, finding.id`,
      asList(components),
    )
    .map((row) => ({ component: row.component, finding: readFinding(row), openedAt: row.openedAt }));
}

function readFinding(row: FindingRow): ComponentFinding {
  // Both texts were written by writeFinding of this file; verify() hashes what they are rebuilt from.
  const own: OwnPart = JSON.parse(row.content);
  const shared: SharedPart = JSON.parse(row.shared);
  return { ...shared, ...own };
}

/** Makes `findings` the open ones of each component: closes, updates and opens what differs. Components pruned since they were matched are passed over. */
export function replaceFindings(
  connection: Connection,
  findings: ReadonlyMap<number, readonly ComponentFinding[]>,
  at: string,
): void {
  const open = openRows(connection, [...findings.keys()]);
  const flaws: KnownFlaws = new Map();
  for (const [component, now] of findings) {
    const known = open.get(component);
    if (known === undefined) continue;
    for (const finding of now) {
      const id = known.get(finding.id);
      known.delete(finding.id);
      if (id === undefined) insertFinding(connection, component, finding, { at, flaws });
      else updateFinding(connection, id, finding, flaws);
    }
    for (const id of known.values()) connection.run('UPDATE finding SET closed_at = ? WHERE id = ?', at, id);
  }
}

/** Rows of the open findings by vulnerability, for each of the components that there is. */
function openRows(connection: Connection, components: readonly number[]): ReadonlyMap<number, Map<string, number>> {
  const rows = new Map<number, Map<string, number>>();
  for (const { component, id, vulnerability } of connection.all<{
    component: number;
    id: number | null;
    vulnerability: string | null;
  }>(
    `SELECT component.id AS component, finding.id, finding.vulnerability FROM component
     LEFT JOIN finding ON finding.component = component.id AND finding.closed_at IS NULL
     WHERE component.id IN (SELECT value FROM json_each(?))`,
    asList(components),
  )) {
    const known = rows.get(component) ?? new Map<string, number>();
    rows.set(component, known);
    if (id !== null && vulnerability !== null) known.set(vulnerability, id);
  }
  return rows;
}

/** Numbers of flaws met in one transaction, by their text. */
type KnownFlaws = Map<string, number>;

export function insertFinding(
  connection: Connection,
  component: number,
  finding: ComponentFinding,
  { at, flaws }: { readonly at: string; readonly flaws: KnownFlaws },
): void {
  const { shared, own } = splitFinding(finding);
  connection.run(
    'INSERT INTO finding (component, vulnerability, severity, suppressed, content, flaw, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    component,
    finding.id,
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internFlaw(connection, shared, flaws),
    at,
  );
}

function updateFinding(connection: Connection, id: number, finding: ComponentFinding, flaws: KnownFlaws): void {
  const { shared, own } = splitFinding(finding);
  connection.run(
    'UPDATE finding SET severity = ?, suppressed = ?, content = ?, flaw = ? WHERE id = ?',
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internFlaw(connection, shared, flaws),
    id,
  );
}

/** Names are kept with what components share: a flaw that a thousand of them have is named once. */
function internFlaw(connection: Connection, shared: SharedPart, flaws: KnownFlaws): number {
  const content = JSON.stringify(shared);
  const met = flaws.get(content) ?? storedFlaw(connection, shared, content);
  flaws.set(content, met);
  return met;
}

function storedFlaw(connection: Connection, shared: SharedPart, content: string): number {
  const digest = createHash('sha256').update(content).digest();
  const known = connection.number('SELECT id FROM flaw WHERE digest = ?', digest);
  if (known !== undefined) return known;
  const flaw = Number(
    connection.run('INSERT INTO flaw (digest, content) VALUES (?, ?)', digest, content).lastInsertRowid,
  );
  for (const name of findingIds(shared)) connection.run('INSERT INTO flaw_name VALUES (?, ?)', name, flaw);
  return flaw;
}

export function findingSpans(connection: Connection, ids: readonly number[] | undefined): readonly FindingSpan[] {
  const some = ids === undefined ? '' : 'AND component IN (SELECT value FROM json_each(?))';
  return connection
    .all<Omit<FindingSpan, 'closedAt'> & { closedAt: string | null }>(
      `SELECT component, vulnerability, severity, opened_at AS openedAt, closed_at AS closedAt FROM finding WHERE suppressed = 0 ${some} ORDER BY id`,
      ...(ids === undefined ? [] : [asList(ids)]),
    )
    .map((row) => ({ ...row, closedAt: row.closedAt ?? undefined }));
}

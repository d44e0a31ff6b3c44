import { createHash } from 'node:crypto';
import type { FindingSpan, StoredFinding } from '../archive-store.ts';
import {
  type ComponentFinding,
  findingIds,
  type OwnText,
  type SharedText,
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
      `SELECT finding.component, finding.content, shared_text.content AS shared, finding.opened_at AS openedAt
       FROM finding JOIN shared_text ON shared_text.id = finding.shared
       WHERE closed_at IS NULL AND finding.component IN (SELECT value FROM json_each(?)) ORDER BY finding.component, finding.id`,
      asList(components),
    )
    .map((row) => ({ component: row.component, finding: readFinding(row), openedAt: row.openedAt }));
}

function readFinding(row: FindingRow): ComponentFinding {
  // Both texts were written by writeFinding of this file; verify() hashes what they are rebuilt from.
  const own: OwnText = JSON.parse(row.content);
  const shared: SharedText = JSON.parse(row.shared);
  return { ...own, ...shared };
}

/** Makes `findings` the open ones of a component: closes, updates and opens what differs. */
export function replaceFindings(
  connection: Connection,
  component: number,
  findings: readonly ComponentFinding[],
  at: string,
): void {
  // A component may have been pruned since it was matched.
  if (connection.number('SELECT 1 FROM component WHERE id = ?', component) === undefined) return;
  const known = new Map(
    connection
      .all<{ id: number; vulnerability: string }>(
        'SELECT id, vulnerability FROM finding WHERE component = ? AND closed_at IS NULL',
        component,
      )
      .map((row) => [row.vulnerability, row.id]),
  );
  for (const finding of findings) {
    const id = known.get(finding.id);
    known.delete(finding.id);
    if (id === undefined) insertFinding(connection, component, finding, at);
    else updateFinding(connection, id, finding);
  }
  for (const id of known.values()) connection.run('UPDATE finding SET closed_at = ? WHERE id = ?', at, id);
}

export function insertFinding(connection: Connection, component: number, finding: ComponentFinding, at: string): void {
  const { shared, own } = splitFinding(finding);
  const { lastInsertRowid } = connection.run(
    'INSERT INTO finding (component, vulnerability, severity, suppressed, content, shared, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    component,
    finding.id,
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internText(connection, shared),
    at,
  );
  for (const name of findingIds(finding))
    connection.run('INSERT OR IGNORE INTO finding_id VALUES (?, ?)', name, lastInsertRowid);
}

function updateFinding(connection: Connection, id: number, finding: ComponentFinding): void {
  const { shared, own } = splitFinding(finding);
  connection.run(
    'UPDATE finding SET severity = ?, suppressed = ?, content = ?, shared = ? WHERE id = ?',
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internText(connection, shared),
    id,
  );
  for (const name of findingIds(finding)) connection.run('INSERT OR IGNORE INTO finding_id VALUES (?, ?)', name, id);
}

function internText(connection: Connection, shared: SharedText): number {
  const content = JSON.stringify(shared);
  const digest = createHash('sha256').update(content).digest();
  const known = connection.number('SELECT id FROM shared_text WHERE digest = ?', digest);
  if (known !== undefined) return known;
  return Number(
    connection.run('INSERT INTO shared_text (digest, content) VALUES (?, ?)', digest, content).lastInsertRowid,
  );
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

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

/** Makes `findings` the open ones of a component: closes, updates and opens what differs. */
export function replaceFindings(
  connection: Connection,
  component: number,
  findings: readonly ComponentFinding[],
  at: string,
): void {
  const open = connection.number(
    'SELECT (SELECT count(*) FROM finding WHERE finding.component = component.id AND closed_at IS NULL) FROM component WHERE id = ?',
    component,
  );
  // A component may have been pruned since it was matched.
  if (open === undefined) return;
  if (open === 0) {
    for (const finding of findings) insertFinding(connection, component, finding, at);
    return;
  }
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
  connection.run(
    'INSERT INTO finding (component, vulnerability, severity, suppressed, content, flaw, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    component,
    finding.id,
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internFlaw(connection, shared),
    at,
  );
}

function updateFinding(connection: Connection, id: number, finding: ComponentFinding): void {
  const { shared, own } = splitFinding(finding);
  connection.run(
    'UPDATE finding SET severity = ?, suppressed = ?, content = ?, flaw = ? WHERE id = ?',
    finding.severity,
    finding.suppressed === undefined ? 0 : 1,
    JSON.stringify(own),
    internFlaw(connection, shared),
    id,
  );
}

/** Names are kept with what components share: a flaw that a thousand of them have is named once. */
function internFlaw(connection: Connection, shared: SharedPart): number {
  const content = JSON.stringify(shared);
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

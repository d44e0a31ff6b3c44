import { counted } from '../../model/counted.ts';
import type { ArchiveFault } from '../archive-store.ts';
import { findingIds } from '../component-finding.ts';
import { isComponentFinding, storedAs } from '../stored-shapes.ts';
import { asList, type Connection } from './connection.ts';
import { someOf } from './verify-components.ts';
import type { Walk } from './verify-walk.ts';

interface FlawRow {
  readonly id: number;
  readonly content: string;
  readonly vulnerability: string;
  readonly severity: string;
  readonly suppressed: number;
}

interface FlawColumns extends Pick<FlawRow, 'id' | 'vulnerability' | 'severity' | 'suppressed'> {
  readonly names: readonly string[];
}

/** What findings are counted and searched by, compared with their hashed texts; `altered` are told elsewhere. */
export function flawFilingFaults(
  connection: Connection,
  { altered, repair, walk }: { readonly altered: readonly number[]; readonly repair: boolean; readonly walk: Walk },
): readonly ArchiveFault[] {
  const skipped = new Set(altered);
  const wrong: FlawColumns[] = [];
  const rows = connection.database.prepare<[], FlawRow>(
    'SELECT id, content, vulnerability, severity, suppressed FROM flaw',
  );
  const named = new Map(
    connection
      .all<{ flaw: number; names: number }>('SELECT flaw, count(*) AS names FROM flaw_name GROUP BY flaw')
      .map(({ flaw, names }) => [flaw, names]),
  );
  for (const row of walk('findings', rows.iterate())) {
    const right = skipped.has(row.id) ? undefined : columnsOf(row);
    if (right === undefined) continue;
    if (named.get(row.id) !== right.names.length || !isFiled(connection, row, right)) wrong.push(right);
  }
  if (wrong.length === 0) return [];
  if (repair) fileAnew(connection, wrong);
  const detail = `${counted(wrong.length, 'flaw')} filed under another id, severity or name than the text says: flaw ${someOf(wrong.map(({ id }) => id))}`;
  return [{ what: 'finding', detail, repaired: repair }];
}

function columnsOf({ id, content }: FlawRow): FlawColumns | undefined {
  const finding = storedAs(content, isComponentFinding);
  if (finding === undefined) return undefined;
  return {
    id,
    vulnerability: finding.id,
    severity: finding.severity,
    suppressed: finding.suppressed === undefined ? 0 : 1,
    names: findingIds(finding),
  };
}

function isFiled(connection: Connection, row: FlawRow, right: FlawColumns): boolean {
  return (
    row.vulnerability === right.vulnerability &&
    row.severity === right.severity &&
    row.suppressed === right.suppressed &&
    right.names.every(
      (name) => connection.number('SELECT 1 FROM flaw_name WHERE name = ? AND flaw = ?', name, row.id) !== undefined,
    )
  );
}

function fileAnew(connection: Connection, flaws: readonly FlawColumns[]): void {
  connection.run(
    'DELETE FROM flaw_name WHERE flaw IN (SELECT value FROM json_each(?))',
    asList(flaws.map(({ id }) => id)),
  );
  for (const { id, vulnerability, severity, suppressed, names } of flaws) {
    connection.run(
      'UPDATE flaw SET vulnerability = ?, severity = ?, suppressed = ? WHERE id = ?',
      vulnerability,
      severity,
      suppressed,
      id,
    );
    for (const name of names) connection.run('INSERT INTO flaw_name VALUES (?, ?)', name, id);
  }
}

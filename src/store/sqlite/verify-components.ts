import { counted } from '../../model/counted.ts';
import type { ArchiveFault } from '../archive-store.ts';
import type { Component } from '../component.ts';
import { componentNames } from '../component-names.ts';
import { isComponent, storedAs } from '../stored-shapes.ts';
import { fileUnderNames } from './add-image.ts';
import { asList, type Connection } from './connection.ts';
import type { Walk } from './verify-walk.ts';

/**
 * What components are printed and looked up by, compared with their hashed texts; `altered` are components whose text is
 * not what its digest says. One walk over the components, without keeping any.
 */
export function componentFilingFaults(
  connection: Connection,
  { altered, repair, walk }: { readonly altered: readonly number[]; readonly repair: boolean; readonly walk: Walk },
): readonly ArchiveFault[] {
  const { purls, names, packageNames } = compare(connection, new Set(altered), walk);
  const faults: ArchiveFault[] = [];
  if (purls.length > 0) {
    if (repair) for (const id of purls) writePurl(connection, id);
    const detail = `${counted(purls.length, 'purl')} not what the text of the component says: component ${someOf(purls)}`;
    faults.push({ what: 'component', detail, repaired: repair });
  }
  const misfiled =
    difference(connection, { table: 'component_name', ...names, altered }) +
    difference(connection, { table: 'package_name', ...packageNames, altered });
  if (misfiled > 0) {
    if (repair) fileAllAnew(connection);
    const detail = `${counted(misfiled, 'name')} not what the texts of the components say`;
    faults.push({ what: 'component index', detail, repaired: repair });
  }
  return faults;
}

/** Rows that the texts ask for, and how many of them are not there. */
interface Filing {
  expected: number;
  missing: number;
}

function compare(
  connection: Connection,
  altered: ReadonlySet<number>,
  walk: Walk,
): { readonly purls: readonly number[]; readonly names: Filing; readonly packageNames: Filing } {
  const purls: number[] = [];
  const names: Filing = { expected: 0, missing: 0 };
  const packageNames: Filing = { expected: 0, missing: 0 };
  const namesOf = byComponent<FiledName>(
    connection,
    'SELECT component, text AS name, version FROM component_name JOIN name ON name.id = component_name.name',
  );
  const packageNamesOf = byComponent<FiledPackageName>(connection, 'SELECT component, name FROM package_name');
  const rows = connection.database.prepare<[], { id: number; content: string; purl: string }>(
    'SELECT id, content, purl FROM component ORDER BY id',
  );
  for (const { id, content, purl } of walk('components', rows.iterate())) {
    const [filed, filedPackage] = [namesOf(id), packageNamesOf(id)];
    const component = altered.has(id) ? undefined : storedAs(content, isComponent);
    if (component === undefined) continue;
    if (component.package.purl !== purl) purls.push(id);
    for (const { name, version } of componentNames(component)) {
      names.expected += 1;
      if (!filed.some((row) => row.name === asStored(name) && row.version === asStored(version))) names.missing += 1;
    }
    packageNames.expected += 1;
    if (!filedPackage.some(({ name }) => name === asStored(component.package.name))) packageNames.missing += 1;
  }
  return { purls, names, packageNames };
}

interface FiledPackageName {
  readonly component: number;
  readonly name: string;
}

interface FiledName extends FiledPackageName {
  readonly version: string;
}

/** The database holds UTF-8, which has no lone surrogates. */
function asStored(text: string): string {
  return text.toWellFormed();
}

/** Of so many components at once the rows are sorted in memory. */
const COMPONENTS_SORTED = 500_000;

/**
 * The rows of each component, asked for in rising order, from a table that is in order of name: sorting them costs a
 * fifth of looking each of them up.
 */
function byComponent<Row extends { readonly component: number }>(
  connection: Connection,
  select: string,
): (id: number) => readonly Row[] {
  const lastOf = connection.database
    .prepare<[number], number>(
      `SELECT max(id) FROM (SELECT id FROM component WHERE id > ? ORDER BY id LIMIT ${COMPONENTS_SORTED})`,
    )
    .pluck();
  const sorted = connection.database.prepare<[number, number], Row>(
    `${select} WHERE component > ? AND component <= ? ORDER BY component`,
  );
  let last = Number.MIN_SAFE_INTEGER;
  let rows: Iterator<Row> = [].values();
  let row = rows.next();
  return (id) => {
    if (id > last) {
      const before = last;
      last = lastOf.get(before) ?? id;
      rows = sorted.iterate(before, last);
      row = rows.next();
    }
    const found: Row[] = [];
    for (; row.done !== true && row.value.component <= id; row = rows.next())
      if (row.value.component === id) found.push(row.value);
    return found;
  };
}

/** Rows missing or too many, whichever is more: an altered row is one of each. Rows of altered components and of none are told elsewhere. */
function difference(
  connection: Connection,
  {
    table,
    expected,
    missing,
    altered,
  }: Filing & { readonly table: 'component_name' | 'package_name'; readonly altered: readonly number[] },
): number {
  const all = connection.number(`SELECT count(*) FROM ${table}`) ?? 0;
  if (all === expected) return missing;
  const found =
    connection.number(
      `SELECT count(*) FROM ${table} WHERE component IN (SELECT id FROM component)
       AND component NOT IN (SELECT value FROM json_each(?))`,
      asList(altered),
    ) ?? 0;
  return Math.max(missing, found - expected + missing);
}

function componentAt(connection: Connection, id: number): Component | undefined {
  const row = connection.get<{ content: string }>('SELECT content FROM component WHERE id = ?', id);
  return row === undefined ? undefined : storedAs(row.content, isComponent);
}

function writePurl(connection: Connection, id: number): void {
  const component = componentAt(connection, id);
  if (component !== undefined) connection.run('UPDATE component SET purl = ? WHERE id = ?', component.package.purl, id);
}

const COMPONENTS_AT_ONCE = 1000;

function fileAllAnew(connection: Connection): void {
  for (const table of ['component_name', 'package_name', 'name']) connection.run(`DELETE FROM ${table}`);
  let last = 0;
  for (;;) {
    const rows = connection.all<{ id: number; content: string }>(
      `SELECT id, content FROM component WHERE id > ? ORDER BY id LIMIT ${COMPONENTS_AT_ONCE}`,
      last,
    );
    if (rows.length === 0) return;
    for (const { id, content } of rows) {
      last = id;
      const component = storedAs(content, isComponent);
      if (component === undefined) continue;
      fileUnderNames(connection, id, { names: componentNames(component), name: component.package.name });
    }
  }
}

const NAMED = 5;

/** The first numbers of a list, and how many there are beyond. */
export function someOf(ids: readonly (string | number)[]): string {
  const more = ids.length - NAMED;
  return `${ids.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

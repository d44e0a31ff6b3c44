import type { ArchiveFault } from '../archive-store.ts';
import { evidenceFiles } from '../prepare-image.ts';
import { type GroupMember, isGroup } from '../record-shapes.ts';
import { storedAs } from '../stored-shapes.ts';
import { inflate } from './blobs.ts';
import { asList, type Connection } from './connection.ts';
import { someOf } from './verify-components.ts';
import type { Walk } from './verify-walk.ts';

interface Group {
  readonly id: number;
  readonly digest: string;
}

interface GroupRow extends Group {
  readonly content: Uint8Array;
}

interface Checks {
  readonly damaged: ReadonlySet<string>;
  /** Whether components are filed under their purls: members of groups are only then compared. */
  readonly purlsRight: boolean;
  readonly repair: boolean;
  readonly walk: Walk;
}

interface FileRow {
  readonly digest: string;
  readonly path: string;
}

/**
 * Which components and files groups of packages lead to, compared with their hashed contents; `damaged` are told
 * elsewhere. One walk over the groups; a content is read and let go.
 */
export function groupFaults(
  connection: Connection,
  { damaged, purlsRight, repair, walk }: Checks,
): readonly ArchiveFault[] {
  const { files, members } = wrongGroups(connection, damaged, walk);
  const wrong = { files, members: purlsRight ? members : [] };
  const faults: ArchiveFault[] = [];
  if (wrong.files.length > 0) {
    if (repair) writeFiles(connection, wrong.files);
    faults.push({
      what: 'group',
      detail: `files not what the content says: ${digests(wrong.files)}`,
      repaired: repair,
    });
  }
  if (wrong.members.length > 0) {
    const lost = repair ? wrong.members.filter((group) => !writeMembers(connection, group)) : [];
    for (const group of lost) forget(connection, group);
    const again = lost.length === 0 ? '' : `; add again the images of ${digests(lost)}`;
    const detail = `packages not what the content says: ${digests(wrong.members)}${again}`;
    faults.push({ what: 'group', detail, repaired: repair });
  }
  return faults;
}

function digests(groups: readonly Group[]): string {
  return someOf(groups.map(({ digest }) => digest));
}

const GROUPS = `SELECT component_group.id, component_group.digest, blob.content FROM component_group
  JOIN blob ON blob.digest = component_group.digest`;

function wrongGroups(
  connection: Connection,
  damaged: ReadonlySet<string>,
  walk: Walk,
): { readonly files: readonly Group[]; readonly members: readonly Group[] } {
  const files: Group[] = [];
  const members: Group[] = [];
  const stored = fileCounts(connection);
  const purlsOf = connection.database
    .prepare<[number], string>(
      'SELECT component.purl FROM group_member JOIN component ON component.id = group_member.component WHERE grp = ?',
    )
    .pluck();
  const rows = connection.database.prepare<[], GroupRow>(GROUPS);
  for (const row of walk('groups', rows.iterate())) {
    const packages = damaged.has(row.digest) ? undefined : packagesOf(row.content);
    if (packages === undefined) continue;
    const group = { id: row.id, digest: row.digest };
    const expected = evidenceFiles(packages);
    if (expected.length !== (stored.get(row.id) ?? 0) || !expected.every((file) => hasFile(connection, group, file)))
      files.push(group);
    const [linked, told] = [new Set(purlsOf.all(row.id)), new Set(packages.map(({ purl }) => purl))];
    if (linked.size !== told.size || ![...told].every((purl) => linked.has(purl))) members.push(group);
  }
  return { files, members };
}

function packagesOf(content: Uint8Array): readonly GroupMember[] | undefined {
  const text = inflate(content);
  return text === undefined ? undefined : storedAs(new TextDecoder().decode(text), isGroup);
}

function fileCounts(connection: Connection): ReadonlyMap<number, number> {
  return new Map(
    connection
      .all<{ grp: number; files: number }>('SELECT grp, count(*) AS files FROM group_file GROUP BY grp')
      .map(({ grp, files }) => [grp, files]),
  );
}

function hasFile(connection: Connection, { id }: Group, { digest, path }: FileRow): boolean {
  const sql = 'SELECT 1 FROM group_file WHERE digest = ? AND grp = ? AND path = ?';
  return connection.number(sql, digest, id, path) !== undefined;
}

function contentOf(connection: Connection, { digest }: Group): readonly GroupMember[] {
  const row = connection.get<{ content: Uint8Array }>('SELECT content FROM blob WHERE digest = ?', digest);
  return (row === undefined ? undefined : packagesOf(row.content)) ?? [];
}

function writeFiles(connection: Connection, groups: readonly Group[]): void {
  connection.run(
    'DELETE FROM group_file WHERE grp IN (SELECT value FROM json_each(?))',
    asList(groups.map(({ id }) => id)),
  );
  for (const group of groups) {
    for (const { digest, path } of evidenceFiles(contentOf(connection, group)))
      connection.run('INSERT INTO group_file VALUES (?, ?, ?)', digest, group.id, path);
  }
}

/** False where a package of the group is none of the components, or several that only its images tell apart. */
function writeMembers(connection: Connection, group: Group): boolean {
  const names = new Map(contentOf(connection, group).map(({ purl, name }) => [purl, name]));
  const linked = new Set<string>();
  for (const { id, purl } of connection.all<{ id: number; purl: string }>(
    'SELECT id, purl FROM component WHERE id IN (SELECT component FROM group_member WHERE grp = ?)',
    group.id,
  )) {
    if (names.has(purl)) linked.add(purl);
    else connection.run('DELETE FROM group_member WHERE component = ? AND grp = ?', id, group.id);
  }
  return [...names].every(([purl, name]) => {
    if (linked.has(purl)) return true;
    const [component, another] = connection.numbers(
      'SELECT component FROM package_name JOIN component ON component.id = component WHERE package_name.name = ? AND purl = ?',
      name,
      purl,
    );
    if (component === undefined || another !== undefined) return false;
    connection.run('INSERT INTO group_member VALUES (?, ?)', component, group.id);
    return true;
  });
}

/** The images lose their record, so that adding them again writes the group anew. */
function forget(connection: Connection, { id }: Group): void {
  connection.run("UPDATE image SET record = '' WHERE id IN (SELECT image FROM image_group WHERE grp = ?)", id);
  for (const table of ['group_member', 'group_file', 'image_group'])
    connection.run(`DELETE FROM ${table} WHERE grp = ?`, id);
  connection.run('DELETE FROM component_group WHERE id = ?', id);
}

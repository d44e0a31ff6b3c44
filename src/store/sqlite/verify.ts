import { hash } from 'node:crypto';
import { counted } from '../../model/counted.ts';
import type { ArchiveFault } from '../archive-store.ts';
import type { Connection } from './connection.ts';
import { brokenChain, fileAnew, misfiledEvents } from './events.ts';
import { removeImageRows } from './remove-images.ts';
import { componentFilingFaults } from './verify-components.ts';
import { addAgain, componentUsers, contentFaults, imageNames } from './verify-contents.ts';
import { flawFilingFaults } from './verify-flaws.ts';
import { groupFaults } from './verify-groups.ts';
import { imageFaults } from './verify-images.ts';
import type { Walk } from './verify-walk.ts';

/**
 * Checks database pages, the columns that follow from contents, the event chain and what points where; `damaged` are the
 * digests of contents that are not what they say.
 */
export function verifyArchive(
  connection: Connection,
  { damaged, repair, walk }: { readonly damaged: readonly string[]; readonly repair: boolean; readonly walk: Walk },
): readonly ArchiveFault[] {
  const pages = pageFaults(connection, repair);
  const components = alteredTexts(connection, 'component', walk);
  const flaws = alteredTexts(connection, 'flaw', walk);
  const chain = chainFaults(connection, walk);
  const contents = new Set(damaged);
  const faults = [
    ...pages,
    ...contentFaults(connection, damaged, repair),
    ...componentFaults(connection, components, repair),
    ...componentFilingFaults(connection, { altered: components, repair, walk }),
  ];
  // Members of groups are known by the purls of their components: these must be right first.
  const purlsRight = repair || faults.every(({ what }) => what !== 'component');
  return [
    ...faults,
    ...flawFaults(connection, flaws, repair),
    ...flawFilingFaults(connection, { altered: flaws, repair, walk }),
    ...chain,
    ...imageFaults(connection, { damaged: contents, trusted: chain.length === 0, repair, walk }),
    ...groupFaults(connection, { damaged: contents, purlsRight, repair, walk }),
    ...eventIndexFaults(connection, repair, walk),
    ...linkFaults(connection, repair),
  ];
}

function pageFaults(connection: Connection, repair: boolean): readonly ArchiveFault[] {
  const answers = connection
    .all<{ integrity_check: string }>('PRAGMA integrity_check(100)')
    .map((row) => row.integrity_check);
  const faults = answers.filter((answer) => answer !== 'ok');
  if (faults.length === 0) return [];
  // Indexes hold nothing that their tables do not: they can always be written anew.
  if (repair && faults.every((fault) => /index|missing from/.test(fault))) {
    connection.database.exec('REINDEX');
    return faults.map((detail) => ({ what: 'database index', detail, repaired: true }));
  }
  return faults.map((detail) => ({ what: 'database', detail, repaired: false }));
}

/**
 * A damaged component is removed by a repair with the groups that hold it; the images that have them lose their record, so
 * that adding them again writes all of it anew.
 */
function componentFaults(connection: Connection, altered: readonly number[], repair: boolean): readonly ArchiveFault[] {
  const [usersOf, named] = [componentUsers(connection), imageNames(connection)];
  const faults = altered.map((id) => ({
    what: 'component',
    detail: `component ${id} was altered; ${addAgain(usersOf(id), named)}`,
    repaired: repair,
  }));
  if (repair) for (const id of altered) forgetComponent(connection, id);
  return faults;
}

function forgetComponent(connection: Connection, id: number): void {
  const images = connection.numbers(
    `SELECT DISTINCT image FROM group_member JOIN image_group ON image_group.grp = group_member.grp
     WHERE group_member.component = ?`,
    id,
  );
  for (const image of images) {
    connection.run("UPDATE image SET record = '' WHERE id = ?", image);
    removeImageRows(connection, image);
  }
  connection.run('DELETE FROM component WHERE id = ?', id);
  connection.run('DELETE FROM component_group WHERE id IN (SELECT grp FROM group_member WHERE component = ?)', id);
}

/** A damaged finding is removed by a repair, and its components are put on the list of the next re-match. */
function flawFaults(connection: Connection, altered: readonly number[], repair: boolean): readonly ArchiveFault[] {
  return altered.map((id) => {
    if (repair) {
      connection.run(
        "UPDATE component SET matched = '' WHERE id IN (SELECT component FROM finding WHERE flaw = ?)",
        id,
      );
      connection.run('DELETE FROM finding WHERE flaw = ?', id);
      connection.run('DELETE FROM flaw WHERE id = ?', id);
    }
    return { what: 'finding', detail: `flaw ${id} was altered; the next re-match finds it again`, repaired: repair };
  });
}

function alteredTexts(connection: Connection, table: 'component' | 'flaw', walk: Walk): readonly number[] {
  const altered: number[] = [];
  const rows = connection.database
    .prepare<[], { id: number; digest: string; content: string }>(
      `SELECT id, lower(hex(digest)) AS digest, content FROM ${table}`,
    )
    .iterate();
  for (const { id, digest, content } of walk(table === 'flaw' ? 'findings' : 'components', rows)) {
    if (hash('sha256', content) !== digest) altered.push(id);
  }
  return altered;
}

function chainFaults(connection: Connection, walk: Walk): readonly ArchiveFault[] {
  const broken = brokenChain(connection, walk);
  return broken === undefined
    ? []
    : [{ what: 'event chain', detail: `${broken}; history before it cannot be trusted`, repaired: false }];
}

/** Which events are about a component follows from the events: it can always be written anew. */
function eventIndexFaults(connection: Connection, repair: boolean, walk: Walk): readonly ArchiveFault[] {
  const count = misfiledEvents(connection, walk);
  if (count === 0) return [];
  if (repair) fileAnew(connection);
  const detail = `${counted(count, 'event')} not filed under their components`;
  return [{ what: 'event index', detail, repaired: repair }];
}

/** As a list made in one walk (`+`): the rows of these tables are in order of name, each look into the table another page. */
const COMPONENTS = '(SELECT +id FROM component NOT INDEXED)';

const LINKS: readonly (readonly [string, string])[] = [
  ['component_name', `component NOT IN ${COMPONENTS}`],
  ['package_name', `component NOT IN ${COMPONENTS}`],
  ['group_member', 'grp NOT IN (SELECT id FROM component_group)'],
  ['group_file', 'grp NOT IN (SELECT id FROM component_group)'],
  ['image_group', 'image NOT IN (SELECT id FROM image)'],
  ['deviation', 'image NOT IN (SELECT id FROM image)'],
  ['secret', 'image NOT IN (SELECT id FROM image)'],
  ['finding', 'component NOT IN (SELECT id FROM component)'],
  ['finding', 'flaw NOT IN (SELECT id FROM flaw)'],
  ['flaw_name', 'flaw NOT IN (SELECT id FROM flaw)'],
];

function linkFaults(connection: Connection, repair: boolean): readonly ArchiveFault[] {
  const named = imageNames(connection);
  const missing = connection
    .numbers("SELECT id FROM image WHERE record = '' OR record NOT IN (SELECT digest FROM blob) ORDER BY key")
    .map((id) => ({ what: 'content', detail: `image ${named(id)} has no record: add it again`, repaired: false }));
  const sources = connection
    .numbers(
      "SELECT id FROM image WHERE record <> '' AND source IS NOT NULL AND source NOT IN (SELECT digest FROM blob) ORDER BY key",
    )
    .map((id) => ({ what: 'content', detail: `the original SBOM of image ${named(id)} is missing`, repaired: false }));
  const dangling = LINKS.flatMap(([table, condition]) => {
    const count = connection.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${condition}`)?.n ?? 0;
    if (count === 0) return [];
    if (repair) connection.run(`DELETE FROM ${table} WHERE ${condition}`);
    const detail = `${counted(count, 'row')} of ${table} without what they point at`;
    return [{ what: 'link', detail, repaired: repair }];
  });
  return [...missing, ...sources, ...dangling];
}

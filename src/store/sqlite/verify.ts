import { hash } from 'node:crypto';
import { counted } from '../../model/counted.ts';
import type { ArchiveFault } from '../archive-store.ts';
import { blobDigest, inflate } from './blobs.ts';
import { asList, type Connection } from './connection.ts';
import { brokenChain, fileAnew, misfiledEvents } from './events.ts';
import { removeImageRows } from './remove-images.ts';
import { componentFilingFaults } from './verify-components.ts';
import { flawFilingFaults } from './verify-flaws.ts';
import { groupFaults } from './verify-groups.ts';
import { imageFaults } from './verify-images.ts';

/** Checks database pages, every content's digest, the columns that follow from it, the event chain and what points where. */
export function verifyArchive(connection: Connection, repair: boolean): readonly ArchiveFault[] {
  const pages = pageFaults(connection, repair);
  const damaged = damagedContents(connection);
  const components = alteredTexts(connection, 'component');
  const flaws = alteredTexts(connection, 'flaw');
  const chain = chainFaults(connection);
  const contents = new Set(damaged.map(({ digest }) => digest));
  const faults = [
    ...pages,
    ...contentFaults(connection, damaged, repair),
    ...componentFaults(connection, components, repair),
    ...componentFilingFaults(connection, components, repair),
  ];
  // Members of groups are known by the purls of their components: these must be right first.
  const purlsRight = repair || faults.every(({ what }) => what !== 'component');
  return [
    ...faults,
    ...flawFaults(connection, flaws, repair),
    ...flawFilingFaults(connection, flaws, repair),
    ...chain,
    ...imageFaults(connection, { damaged: contents, trusted: chain.length === 0, repair }),
    ...groupFaults(connection, { damaged: contents, purlsRight, repair }),
    ...eventIndexFaults(connection, repair),
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

interface Damaged {
  readonly id: number;
  readonly digest: string;
}

function damagedContents(connection: Connection): readonly Damaged[] {
  const rows = connection.database.prepare<[], { id: number; digest: string; content: Uint8Array }>(
    'SELECT id, digest, content FROM blob',
  );
  const damaged: Damaged[] = [];
  for (const { id, digest, content } of rows.iterate()) {
    const inflated = inflate(content);
    if (inflated === undefined || blobDigest(inflated) !== digest) damaged.push({ id, digest });
  }
  return damaged;
}

/** A damaged content is removed by a repair, so that adding its image again writes it anew. */
function contentFaults(connection: Connection, damaged: readonly Damaged[], repair: boolean): readonly ArchiveFault[] {
  const users = damaged.length === 0 ? new Map<string, readonly Image[]>() : imagesOf(connection, damaged);
  return damaged.map(({ id, digest }) => {
    const images = users.get(digest) ?? [];
    if (repair) {
      connection.run('DELETE FROM blob WHERE id = ?', id);
      for (const { id: image } of images) connection.run("UPDATE image SET record = '' WHERE id = ?", image);
    }
    return {
      what: 'content',
      detail: `${digest} was altered; add again: ${images.map(({ key }) => key).join(', ') || 'nothing uses it'}`,
      repaired: repair,
    };
  });
}

interface Image {
  readonly id: number;
  readonly key: string;
}

/** The images that need each content, by key. All at once: no index leads from a record to its image. */
function imagesOf(connection: Connection, damaged: readonly Damaged[]): ReadonlyMap<string, readonly Image[]> {
  const rows = connection.database.prepare<[string], Image & { digest: string }>(
    `WITH damaged AS MATERIALIZED (SELECT value AS digest FROM json_each(?))
     SELECT record AS digest, id, key FROM image WHERE record IN damaged
     UNION SELECT source, id, key FROM image WHERE source IN damaged
     UNION SELECT component_group.digest, image.id, image.key FROM component_group
       JOIN image_group ON image_group.grp = component_group.id JOIN image ON image.id = image_group.image
       WHERE component_group.digest IN damaged
     ORDER BY key`,
  );
  const images = new Map<string, Image[]>(damaged.map(({ digest }) => [digest, []]));
  for (const { digest, id, key } of rows.iterate(asList(damaged.map((content) => content.digest))))
    images.get(digest)?.push({ id, key });
  return images;
}

/**
 * A damaged component is removed by a repair with the groups that hold it; the images that have them lose their record, so
 * that adding them again writes all of it anew.
 */
function componentFaults(connection: Connection, altered: readonly number[], repair: boolean): readonly ArchiveFault[] {
  return altered.map((id) => {
    const images = connection.all<{ id: number; key: string }>(
      `SELECT DISTINCT image.id, image.key FROM group_member JOIN image_group ON image_group.grp = group_member.grp
       JOIN image ON image.id = image_group.image WHERE group_member.component = ? ORDER BY image.key`,
      id,
    );
    if (repair) {
      for (const { id: image } of images) {
        connection.run("UPDATE image SET record = '' WHERE id = ?", image);
        removeImageRows(connection, image);
      }
      connection.run('DELETE FROM component WHERE id = ?', id);
      connection.run('DELETE FROM component_group WHERE id IN (SELECT grp FROM group_member WHERE component = ?)', id);
    }
    return {
      what: 'component',
      detail: `component ${id} was altered; add again: ${images.map(({ key }) => key).join(', ') || 'nothing uses it'}`,
      repaired: repair,
    };
  });
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

function alteredTexts(connection: Connection, table: 'component' | 'flaw'): readonly number[] {
  const altered: number[] = [];
  for (const { id, digest, content } of connection.database
    .prepare<[], { id: number; digest: string; content: string }>(
      `SELECT id, lower(hex(digest)) AS digest, content FROM ${table}`,
    )
    .iterate()) {
    if (hash('sha256', content) !== digest) altered.push(id);
  }
  return altered;
}

function chainFaults(connection: Connection): readonly ArchiveFault[] {
  const broken = brokenChain(connection);
  return broken === undefined
    ? []
    : [{ what: 'event chain', detail: `${broken}; history before it cannot be trusted`, repaired: false }];
}

/** Which events are about a component follows from the events: it can always be written anew. */
function eventIndexFaults(connection: Connection, repair: boolean): readonly ArchiveFault[] {
  const count = misfiledEvents(connection);
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
  const missing = connection
    .all<{ key: string; record: string }>(
      "SELECT key, record FROM image WHERE record = '' OR record NOT IN (SELECT digest FROM blob) ORDER BY key",
    )
    .map(({ key }) => ({ what: 'content', detail: `image ${key} has no record: add it again`, repaired: false }));
  const sources = connection
    .all<{ key: string }>(
      "SELECT key FROM image WHERE record <> '' AND source IS NOT NULL AND source NOT IN (SELECT digest FROM blob) ORDER BY key",
    )
    .map(({ key }) => ({ what: 'content', detail: `the original SBOM of image ${key} is missing`, repaired: false }));
  const dangling = LINKS.flatMap(([table, condition]) => {
    const count = connection.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${condition}`)?.n ?? 0;
    if (count === 0) return [];
    if (repair) connection.run(`DELETE FROM ${table} WHERE ${condition}`);
    const detail = `${counted(count, 'row')} of ${table} without what they point at`;
    return [{ what: 'link', detail, repaired: repair }];
  });
  return [...missing, ...sources, ...dangling];
}

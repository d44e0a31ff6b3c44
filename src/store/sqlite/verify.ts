import { createHash } from 'node:crypto';
import { counted } from '../../model/counted.ts';
import type { ArchiveFault } from '../archive-store.ts';
import { blobDigest, inflate } from './blobs.ts';
import type { Connection } from './connection.ts';
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
  const faults: ArchiveFault[] = [];
  for (const { id, digest } of damaged) {
    const images = imagesOf(connection, digest);
    if (repair) {
      connection.run('DELETE FROM blob WHERE id = ?', id);
      for (const { id: image } of images) connection.run("UPDATE image SET record = '' WHERE id = ?", image);
    }
    faults.push({
      what: 'content',
      detail: `${digest} was altered; add again: ${images.map(({ key }) => key).join(', ') || 'nothing uses it'}`,
      repaired: repair,
    });
  }
  return faults;
}

function imagesOf(connection: Connection, digest: string): readonly { readonly id: number; readonly key: string }[] {
  return connection.all(
    `SELECT id, key FROM image WHERE record = ? OR source = ? OR id IN (
       SELECT image FROM image_group JOIN component_group ON component_group.id = image_group.grp WHERE component_group.digest = ?) ORDER BY key`,
    digest,
    digest,
    digest,
  );
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
    .prepare<[], { id: number; digest: Buffer; content: string }>(`SELECT id, digest, content FROM ${table}`)
    .iterate()) {
    if (!createHash('sha256').update(content).digest().equals(digest)) altered.push(id);
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

const LINKS: readonly (readonly [string, string])[] = [
  ['component_name', 'component NOT IN (SELECT id FROM component)'],
  ['package_name', 'component NOT IN (SELECT id FROM component)'],
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

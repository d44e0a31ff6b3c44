import { setImmediate } from 'node:timers/promises';
import type { ArchiveFault } from '../archive-store.ts';
import { blobDigest, inflate } from './blobs.ts';
import { asList, type Connection } from './connection.ts';
import type { Walk } from './verify-walk.ts';

/** Contents between two pauses. */
const AT_ONCE = 64;

/**
 * Digests of contents that are not what these say; a content is read and let go. It pauses now and then: a decoder that failed
 * is kept until then, and thousands of them are hundreds of megabytes.
 */
export async function damagedContents(connection: Connection, walk: Walk): Promise<readonly string[]> {
  const content = connection.database.prepare<[number], { digest: string; content: Uint8Array }>(
    'SELECT digest, content FROM blob WHERE id = ?',
  );
  const damaged: string[] = [];
  let read = 0;
  for (const id of walk('contents', connection.numbers('SELECT id FROM blob ORDER BY id'))) {
    const row = content.get(id);
    const inflated = row === undefined ? undefined : inflate(row.content);
    if (row !== undefined && (inflated === undefined || blobDigest(inflated) !== row.digest)) damaged.push(row.digest);
    read += 1;
    if (read % AT_ONCE === 0) await setImmediate();
  }
  return damaged;
}

/**
 * A damaged content is removed by a repair, so that adding its image again writes it anew. It goes by its digest: since it was
 * read, another process may have given its number to another content.
 */
export function contentFaults(
  connection: Connection,
  damaged: readonly string[],
  repair: boolean,
): readonly ArchiveFault[] {
  if (damaged.length === 0) return [];
  const users = contentUsers(connection, damaged);
  const named = imageNames(connection);
  const faults = damaged.map((digest) => ({
    what: 'content',
    detail: `${digest} was altered; ${addAgain(users.get(digest) ?? [], named)}`,
    repaired: repair,
  }));
  if (repair) forgetContents(connection, damaged);
  return faults;
}

/** Images that are named beside a fault; one more is read to know that there are others. */
const NAMED = 5;

/**
 * The first images that need each content, by number: whole lists of the images that share a base would be a thousand times
 * what is damaged. No index leads from a record to its image, one walk finds all; from a group there is one.
 */
function contentUsers(connection: Connection, damaged: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const users = new Map<string, number[]>(damaged.map((digest) => [digest, []]));
  const rows = connection.database.prepare<[], { id: number; record: string; source: string | null }>(
    'SELECT id, record, source FROM image ORDER BY id',
  );
  for (const { id, record, source } of rows.iterate()) {
    for (const digest of new Set([record, source ?? record])) {
      const list = users.get(digest);
      if (list !== undefined && list.length <= NAMED) list.push(id);
    }
  }
  const sharing = connection.database
    .prepare<[string], number>(
      `SELECT DISTINCT image FROM image_group WHERE grp = (SELECT id FROM component_group WHERE digest = ?)
       ORDER BY image LIMIT ${NAMED + 1}`,
    )
    .pluck();
  for (const [digest, list] of users) if (list.length === 0) list.push(...sharing.all(digest));
  return users;
}

/** The images of a component, as many as are named. */
export function componentUsers(connection: Connection): (component: number) => readonly number[] {
  const rows = connection.database
    .prepare<[number], number>(
      `SELECT DISTINCT image FROM group_member JOIN image_group ON image_group.grp = group_member.grp
       WHERE group_member.component = ? LIMIT ${NAMED + 1}`,
    )
    .pluck();
  return (component) => rows.all(component);
}

/** How an image is called: by its first name and by its key. */
export function imageNames(connection: Connection): (image: number) => string {
  const row = connection.database.prepare<[number], { key: string; name: string | null }>(
    'SELECT key, (SELECT min(name) FROM image_name WHERE image = image.id) AS name FROM image WHERE id = ?',
  );
  return (image) => {
    const found = row.get(image);
    if (found === undefined) return String(image);
    return found.name === null ? found.key : `${found.name} ${found.key}`;
  };
}

/** `add again: a:1 sha256:…, b:1 sha256:… and others`. */
export function addAgain(images: readonly number[], named: (image: number) => string): string {
  if (images.length === 0) return 'nothing uses it';
  const names = images.slice(0, NAMED).map(named).toSorted();
  return `add again: ${names.join(', ')}${images.length > NAMED ? ' and others' : ''}`;
}

/** The images lose their record, so that adding them again writes the contents anew. */
function forgetContents(connection: Connection, damaged: readonly string[]): void {
  connection.run('DELETE FROM blob WHERE digest IN (SELECT value FROM json_each(?))', asList(damaged));
  connection.run(
    `WITH damaged AS MATERIALIZED (SELECT value AS digest FROM json_each(?))
     UPDATE image SET record = '' WHERE record IN damaged OR source IN damaged OR id IN (
       SELECT image FROM image_group WHERE grp IN (SELECT id FROM component_group WHERE digest IN damaged))`,
    asList(damaged),
  );
}

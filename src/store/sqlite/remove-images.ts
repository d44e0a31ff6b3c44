import type { Connection } from './connection.ts';
import { appendEvents } from './events.ts';

/** Removes images and content that only they used, inside the caller's transaction. */
export function pruneImages(
  connection: Connection,
  { keys, reason, at }: { readonly keys: readonly string[]; readonly reason: string; readonly at: string },
): void {
  const drafts = [];
  for (const key of keys) {
    const row = connection.get<{ id: number; record: string }>('SELECT id, record FROM image WHERE key = ?', key);
    if (row === undefined) continue;
    connection.onStep('image');
    const names = connection
      .all<{ name: string }>('SELECT name FROM image_name WHERE image = ? ORDER BY name', row.id)
      .map(({ name }) => name);
    removeImageRows(connection, row.id);
    connection.run('DELETE FROM image_name WHERE image = ?', row.id);
    connection.run('DELETE FROM label WHERE image = ?', row.id);
    connection.run('DELETE FROM decision WHERE image = ?', key);
    connection.run('DELETE FROM image WHERE id = ?', row.id);
    drafts.push({
      kind: 'image-pruned',
      cause: 'retention',
      image: key,
      detail: { names, reason, record: row.record },
    } as const);
  }
  connection.onStep('orphans');
  removeOrphans(connection);
  connection.onStep('event');
  appendEvents(connection, drafts, at);
}

/** What links an image to shared rows; the shared rows stay. */
export function removeImageRows(connection: Connection, image: number): void {
  for (const table of ['image_group', 'deviation', 'secret'])
    connection.run(`DELETE FROM ${table} WHERE image = ?`, image);
}

/** Findings of components that no image has any more go too; events about them stay. */
function removeOrphans(connection: Connection): void {
  connection.run('DELETE FROM component_group WHERE id NOT IN (SELECT grp FROM image_group)');
  for (const table of ['group_member', 'group_file'])
    connection.run(`DELETE FROM ${table} WHERE grp NOT IN (SELECT id FROM component_group)`);
  connection.run('DELETE FROM component WHERE id NOT IN (SELECT component FROM group_member)');
  for (const table of ['component_name', 'package_name', 'finding'])
    connection.run(`DELETE FROM ${table} WHERE component NOT IN (SELECT id FROM component)`);
  connection.run('DELETE FROM flaw WHERE id NOT IN (SELECT flaw FROM finding)');
  connection.run('DELETE FROM flaw_name WHERE flaw NOT IN (SELECT id FROM flaw)');
  connection.run(
    'DELETE FROM blob WHERE digest NOT IN (SELECT record FROM image UNION SELECT source FROM image WHERE source IS NOT NULL UNION SELECT digest FROM component_group)',
  );
}

import type { EventDraft } from '../archive-event.ts';
import type { Connection } from './connection.ts';
import { appendEvents } from './events.ts';

/** Sets labels of one image; an empty value removes one. */
export function changeLabels(
  connection: Connection,
  change: { readonly key: string; readonly labels: Readonly<Record<string, string>>; readonly at: string },
): void {
  const { key, labels, at } = change;
  const id = connection.number('SELECT id FROM image WHERE key = ?', key);
  if (id === undefined) return;
  for (const [name, value] of Object.entries(labels)) {
    if (value === '') connection.run('DELETE FROM label WHERE image = ? AND name = ?', id, name);
    else connection.run('INSERT OR REPLACE INTO label VALUES (?, ?, ?)', id, name, value);
  }
  appendEvents(connection, [{ kind: 'image-labelled', cause: 'operator', image: key, detail: { labels } }], at);
}

export function retireImages(
  connection: Connection,
  change: { readonly keys: readonly string[]; readonly retired: boolean; readonly at: string },
): void {
  const { keys, retired, at } = change;
  const changed = keys.filter(
    (key) =>
      connection.run(
        `UPDATE image SET retired_at = ? WHERE key = ? AND retired_at IS ${retired ? '' : 'NOT '}NULL`,
        retired ? at : null,
        key,
      ).changes > 0,
  );
  const kind = retired ? 'image-retired' : 'image-restored';
  appendEvents(
    connection,
    changed.map((image): EventDraft => ({ kind, cause: 'operator', image, detail: {} })),
    at,
  );
}

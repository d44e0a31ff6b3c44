import type { AddResult, BundleMark, NewComponent, NewImage } from '../archive-store.ts';
import { writeBlob } from './blobs.ts';
import type { Connection } from './connection.ts';
import { appendEvents } from './events.ts';
import { insertFinding } from './findings.ts';
import { removeImageRows } from './remove-images.ts';

/** Archives an image inside the caller's transaction. Everything is interned: what is known is only pointed at. */
export function addImage(connection: Connection, image: NewImage): AddResult {
  const known = connection.get<{ id: number; record: string }>('SELECT id, record FROM image WHERE key = ?', image.key);
  connection.onStep('image');
  const current = rememberBundle(connection, image.bundle);
  const id = known === undefined ? insertImage(connection, image) : known.id;
  if (known !== undefined) connection.run('UPDATE image SET seen_at = max(seen_at, ?) WHERE id = ?', image.at, id);
  nameAndLabel(connection, id, image);
  if (known?.record === image.record.digest) return 'known';
  connection.onStep('content');
  writeBlob(connection, image.record.digest, image.record.content);
  if (image.source !== undefined) writeBlob(connection, image.source.digest, image.source.content);
  for (const group of image.groups) writeBlob(connection, group.digest, group.content);
  connection.onStep('links');
  if (known !== undefined) {
    removeImageRows(connection, id);
    connection.run(
      'UPDATE image SET record = ?, source = ?, manifest = ?, platform = ?, os = ? WHERE id = ?',
      image.record.digest,
      image.source?.digest ?? null,
      image.manifestDigest ?? null,
      image.platform,
      image.os,
      id,
    );
  }
  linkImage(connection, image, { id, matched: matchedMark(image.bundle, current) });
  connection.onStep('event');
  const kind = known === undefined ? 'image-added' : 'image-updated';
  const detail = { name: image.name ?? null, record: image.record.digest };
  appendEvents(
    connection,
    [
      {
        kind,
        cause: 'operator',
        image: image.key,
        detail,
        ...(image.bundle === undefined ? {} : { bundle: image.bundle.contentId }),
      },
    ],
    image.at,
  );
  return known === undefined ? 'added' : 'updated';
}

/** The current bundle's content id; the first bundle an archive meets becomes it. */
function rememberBundle(connection: Connection, bundle: BundleMark | undefined): string | undefined {
  const current = connection.get<{ value: string }>("SELECT value FROM meta WHERE key = 'bundle'")?.value;
  if (bundle === undefined) return current;
  writeBundle(connection, bundle);
  if (current !== undefined || connection.number('SELECT 1 FROM component LIMIT 1') !== undefined) return current;
  connection.run("INSERT INTO meta VALUES ('bundle', ?)", bundle.contentId);
  return bundle.contentId;
}

/** Remembers a bundle that findings came from; a known one stays as it is. */
export function writeBundle(
  connection: Connection,
  { contentId, channel, epoch, sequence, builtAt }: BundleMark,
): void {
  connection.run('INSERT OR IGNORE INTO bundle VALUES (?, ?, ?, ?, ?)', contentId, channel, epoch, sequence, builtAt);
}

function insertImage(connection: Connection, image: NewImage): number {
  const { lastInsertRowid } = connection.run(
    'INSERT INTO image (key, manifest, platform, os, added_at, seen_at, record, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    image.key,
    image.manifestDigest ?? null,
    image.platform,
    image.os,
    image.at,
    image.at,
    image.record.digest,
    image.source?.digest ?? null,
  );
  return Number(lastInsertRowid);
}

function nameAndLabel(connection: Connection, id: number, image: NewImage): void {
  if (image.name !== undefined) connection.run('INSERT OR IGNORE INTO image_name VALUES (?, ?)', image.name, id);
  for (const [name, value] of Object.entries(image.labels)) {
    connection.run('INSERT OR REPLACE INTO label VALUES (?, ?, ?)', id, name, value);
  }
}

/** Components, groups and what only this image says about them. */
function linkImage(
  connection: Connection,
  image: Pick<NewImage, 'components' | 'groups' | 'deviations' | 'secrets' | 'at'>,
  { id, matched }: { readonly id: number; readonly matched: string | null },
): void {
  const interned = new Map<number, number>();
  // Only what a new group or a deviation names is looked up: known groups are most of an image.
  const at = (position: number): number => {
    const added = image.components[position];
    if (added === undefined) throw new Error('a group names a component that the image does not have');
    const known = interned.get(position) ?? internComponent(connection, added, { matched, at: image.at });
    interned.set(position, known);
    return known;
  };
  for (const group of image.groups) {
    const known = connection.number('SELECT id FROM component_group WHERE digest = ?', group.digest);
    const grp =
      known ?? Number(connection.run('INSERT INTO component_group (digest) VALUES (?)', group.digest).lastInsertRowid);
    if (known === undefined) {
      for (const position of group.components)
        connection.run('INSERT OR IGNORE INTO group_member VALUES (?, ?)', at(position), grp);
      for (const file of group.files)
        connection.run('INSERT OR IGNORE INTO group_file VALUES (?, ?, ?)', file.digest, grp, file.path);
    }
    connection.run('INSERT OR IGNORE INTO image_group VALUES (?, ?, ?)', grp, id, group.layer);
  }
  for (const deviation of image.deviations) {
    connection.run(
      'INSERT OR IGNORE INTO deviation VALUES (?, ?, ?, ?, ?, ?)',
      id,
      at(deviation.component),
      deviation.layer,
      deviation.packageId,
      deviation.state,
      deviation.removedIn ?? null,
    );
  }
  for (const secret of image.secrets) {
    connection.run(
      'INSERT OR IGNORE INTO secret VALUES (?, ?, ?, ?, ?, ?)',
      secret.fingerprint,
      id,
      secret.ruleId,
      secret.place,
      secret.layer ?? null,
      secret.state ?? null,
    );
  }
}

/** NULL says "matched by the current bundle"; another bundle's id, or '' for none, puts the component on the list of the next re-match. */
function matchedMark(bundle: BundleMark | undefined, current: string | undefined): string | null {
  if (bundle === undefined) return '';
  return bundle.contentId === current ? null : bundle.contentId;
}

function internComponent(
  connection: Connection,
  added: NewComponent,
  { matched, at }: { readonly matched: string | null; readonly at: string },
): number {
  const digest = Buffer.from(added.digest, 'hex');
  const known = connection.number('SELECT id FROM component WHERE digest = ?', digest);
  if (known !== undefined) return known;
  const { package: found } = added.component;
  const id = Number(
    connection.run(
      'INSERT INTO component (digest, content, purl, matched) VALUES (?, ?, ?, ?)',
      digest,
      JSON.stringify(added.component),
      found.purl,
      matched,
    ).lastInsertRowid,
  );
  fileUnderNames(connection, id, { names: added.names, name: found.name });
  const flaws = new Map<string, number>();
  for (const finding of added.findings ?? []) insertFinding(connection, { component: id, ...finding }, { at, flaws });
  return id;
}

/** Files a component under the names it may be looked up by and the one it is searched by. */
export function fileUnderNames(
  connection: Connection,
  id: number,
  { names, name: searched }: Pick<NewComponent, 'names'> & { readonly name: string },
): void {
  for (const { name, version } of names)
    connection.run('INSERT OR IGNORE INTO component_name VALUES (?, ?, ?)', internName(connection, name), id, version);
  connection.run('INSERT OR IGNORE INTO package_name VALUES (?, ?)', searched, id);
}

function internName(connection: Connection, text: string): number {
  const known = connection.number('SELECT id FROM name WHERE text = ?', text);
  return known ?? Number(connection.run('INSERT INTO name (text) VALUES (?)', text).lastInsertRowid);
}

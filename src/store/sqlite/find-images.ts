import { compareText } from '../../bytes/compare-text.ts';
import type { ArchivedImage, ImageFilter } from '../archive-store.ts';
import { asList, type Connection } from './connection.ts';

/** A row of the table of images. */
export interface ImageRow {
  readonly id: number;
  readonly key: string;
  readonly manifest: string | null;
  readonly platform: string;
  readonly os: string;
  readonly added_at: string;
  readonly seen_at: string;
  readonly retired_at: string | null;
  readonly record: string;
  readonly source: string | null;
}

/** The images that fit, by their first name and then key. */
export function findImages(connection: Connection, filter: ImageFilter): readonly ArchivedImage[] {
  const { where, parameters } = imageConditions(filter);
  const rows = connection.all<ImageRow>(`SELECT image.* FROM image ${where}`, ...parameters);
  const ids = asList(rows.map((row) => row.id));
  const names = Map.groupBy(
    connection.all<{ image: number; name: string }>(
      'SELECT image, name FROM image_name WHERE image IN (SELECT value FROM json_each(?)) ORDER BY name',
      ids,
    ),
    ({ image }) => image,
  );
  const labels = Map.groupBy(
    connection.all<{ image: number; name: string; value: string }>(
      'SELECT * FROM label WHERE image IN (SELECT value FROM json_each(?)) ORDER BY name',
      ids,
    ),
    ({ image }) => image,
  );
  return rows
    .map((row) => ({
      key: row.key,
      names: (names.get(row.id) ?? []).map(({ name }) => name),
      manifestDigest: row.manifest ?? undefined,
      platform: row.platform,
      os: row.os,
      addedAt: row.added_at,
      seenAt: row.seen_at,
      retiredAt: row.retired_at ?? undefined,
      record: row.record,
      source: row.source ?? undefined,
      labels: Object.fromEntries((labels.get(row.id) ?? []).map(({ name, value }) => [name, value])),
    }))
    .sort((left, right) => compareText(left.names[0] ?? '', right.names[0] ?? '') || compareText(left.key, right.key));
}

/** A WHERE clause over `image`, empty for a filter without conditions. */
export function imageConditions(filter: ImageFilter): {
  readonly where: string;
  readonly parameters: readonly unknown[];
} {
  const conditions: string[] = [];
  const parameters: unknown[] = [];
  if (filter.image !== undefined) {
    conditions.push(
      "(image.key = ?1 OR image.manifest = ?1 OR image.id IN (SELECT image FROM image_name WHERE name = ?1 OR (name >= ?1 || ':' AND name < ?1 || ';')))".replaceAll(
        '?1',
        '?',
      ),
    );
    parameters.push(filter.image, filter.image, filter.image, filter.image, filter.image);
  }
  if (filter.keys !== undefined) {
    conditions.push('image.key IN (SELECT value FROM json_each(?))');
    parameters.push(asList(filter.keys));
  }
  for (const [name, value] of Object.entries(filter.labels ?? {})) {
    conditions.push('image.id IN (SELECT image FROM label WHERE name = ? AND value = ?)');
    parameters.push(name, value);
  }
  if (filter.retired !== undefined) conditions.push(`image.retired_at IS ${filter.retired ? 'NOT ' : ''}NULL`);
  if (filter.before !== undefined) {
    conditions.push('image.added_at < ?');
    parameters.push(filter.before);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

import type { State } from '../../model/evidence.ts';
import type { ImageFilter, NamedComponent, StoredComponent, Usage } from '../archive-store.ts';
import { isComponent, readStored } from '../stored-shapes.ts';
import { asList, type Connection } from './connection.ts';
import { imageConditions } from './find-images.ts';

export function componentsNamed(
  connection: Connection,
  names: readonly string[],
): ReadonlyMap<string, readonly NamedComponent[]> {
  const numbers = connection.all<{ id: number; text: string }>(
    'SELECT id, text FROM name WHERE text IN (SELECT value FROM json_each(?))',
    asList(names),
  );
  const members = connection.database.prepare<[number], NamedComponent>(
    'SELECT component, version FROM component_name WHERE name = ? ORDER BY component, version',
  );
  return new Map(numbers.map(({ id, text }) => [text, members.all(id)]));
}

export function componentsWithFindings(connection: Connection, ids: readonly string[]): readonly number[] {
  return connection
    .all<{ component: number }>(
      `SELECT DISTINCT finding.component FROM flaw_name JOIN finding ON finding.flaw = flaw_name.flaw
       WHERE finding.closed_at IS NULL AND flaw_name.name IN (SELECT value FROM json_each(?)) ORDER BY 1`,
      asList(ids),
    )
    .map(({ component }) => component);
}

export function componentsElsewhere(connection: Connection): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  // Named, because SQLite would rather walk all components in order of id than sort the few of the index.
  for (const { id, matched } of connection.all<{ id: number; matched: string }>(
    'SELECT id, matched FROM component INDEXED BY component_elsewhere WHERE matched IS NOT NULL ORDER BY id',
  )) {
    const list = found.get(matched);
    if (list === undefined) found.set(matched, [id]);
    else list.push(id);
  }
  return found;
}

export function componentsOf(connection: Connection, key: string): readonly number[] {
  return connection
    .all<{ component: number }>(
      `SELECT DISTINCT component FROM group_member WHERE grp IN (
         SELECT grp FROM image_group WHERE image = (SELECT id FROM image WHERE key = ?)) ORDER BY component`,
      key,
    )
    .map(({ component }) => component);
}

export function readComponents(connection: Connection, ids: readonly number[]): readonly StoredComponent[] {
  return connection
    .all<{ id: number; content: string }>(
      'SELECT id, content FROM component WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
      asList(ids),
    )
    .map(({ id, content }) => ({
      id,
      component: readStored(content, isComponent, { what: `component ${id}`, path: connection.path }),
    }));
}

export interface UsageRow {
  readonly component: number;
  readonly image: number;
  readonly key: string;
  readonly layer: number;
  readonly purl: string;
}

export interface DeviationRow {
  readonly image: number;
  readonly component: number;
  readonly layer: number;
  readonly package_id: string;
  readonly state: State;
  readonly removed_in: number | null;
}

/** Instances of components in images: what groups say, but for what an image says differently. */
export function usages(connection: Connection, ids: readonly number[], filter: ImageFilter): readonly Usage[] {
  const { where, parameters } = imageConditions(filter);
  const list = asList(ids);
  // CROSS JOIN keeps SQLite to this order: from few components to their groups to images, never from all images of a label.
  const rows = connection.all<UsageRow>(
    `SELECT DISTINCT group_member.component, image.id AS image, image.key, image_group.layer, component.purl FROM group_member
     CROSS JOIN component ON component.id = group_member.component
     CROSS JOIN image_group ON image_group.grp = group_member.grp CROSS JOIN image ON image.id = image_group.image
     ${where === '' ? 'WHERE' : `${where} AND`} group_member.component IN (SELECT value FROM json_each(?))`,
    ...parameters,
    list,
  );
  const deviations = connection.all<DeviationRow>(
    'SELECT * FROM deviation WHERE component IN (SELECT value FROM json_each(?))',
    list,
  );
  return placed(rows, deviations);
}

/** Rows as usages: present under their purl, but for what the deviations of their places say. */
export function placed(rows: readonly UsageRow[], told: readonly DeviationRow[]): readonly Usage[] {
  const deviations = Map.groupBy(told, placeOf);
  return rows.flatMap((row): readonly Usage[] => {
    const base = { component: row.component, image: row.key, purl: row.purl, layer: row.layer };
    const here = deviations.get(placeOf(row));
    if (here === undefined) return [{ ...base, packageId: row.purl, state: 'present', removedIn: undefined }];
    return here.map((deviation) => ({
      ...base,
      packageId: deviation.package_id,
      state: deviation.state,
      removedIn: deviation.removed_in ?? undefined,
    }));
  });
}

function placeOf({ image, component, layer }: UsageRow | DeviationRow): string {
  return `${image} ${component} ${layer}`;
}

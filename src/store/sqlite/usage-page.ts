import type { ImageFilter, Page, Usage, UsagePage } from '../archive-store.ts';
import { asList, type Connection } from './connection.ts';
import { type DeviationRow, placed, type UsageRow } from './find-components.ts';
import { imageConditions } from './find-images.ts';

/**
 * Where components lie, a page of images at a time: which images have any of them is answered in sets of numbers, and
 * only the images of the page are told in full. A base image's component stands for tens of thousands of places.
 */
export function usagePage(
  connection: Connection,
  ids: readonly number[],
  { filter, page }: { readonly filter: ImageFilter; readonly page: Page },
): UsagePage {
  const groups = membersByGroup(connection, ids);
  const images = imagesWith(connection, [...groups.keys()], filter);
  const shown = inOrderOfName(connection, images, page);
  return { total: images.size, usages: tell(connection, shown, groups) };
}

type Members = ReadonlyMap<number, readonly number[]>;

function membersByGroup(connection: Connection, ids: readonly number[]): Members {
  const groups = new Map<number, number[]>();
  for (const { component, grp } of connection.all<{ component: number; grp: number }>(
    'SELECT component, grp FROM group_member WHERE component IN (SELECT value FROM json_each(?))',
    asList(ids),
  )) {
    const members = groups.get(grp);
    if (members === undefined) groups.set(grp, [component]);
    else members.push(component);
  }
  return groups;
}

/** From the side that names fewer: the images of a filter, or the groups. */
function imagesWith(connection: Connection, groups: readonly number[], filter: ImageFilter): ReadonlySet<number> {
  const { where, parameters } = imageConditions(filter);
  const fitting = connection.numbers(`SELECT image.id FROM image ${where}`, ...parameters);
  const narrow = filter.image !== undefined || filter.keys !== undefined || Object.keys(filter.labels ?? {}).length > 0;
  if (narrow) {
    const wanted = new Set(groups);
    // The groups are sought here: SQLite would seek every group for every image.
    return new Set(
      connection
        .all<{ image: number; grp: number }>(
          `SELECT image, grp FROM image_group INDEXED BY image_group_image
           WHERE image IN (SELECT value FROM json_each(?))`,
          asList(fitting),
        )
        .filter(({ grp }) => wanted.has(grp))
        .map(({ image }) => image),
    );
  }
  const allowed = new Set(fitting);
  const images = new Set<number>();
  for (const grp of groups) {
    for (const image of connection.numbers('SELECT image FROM image_group WHERE grp = ?', grp))
      if (allowed.has(image)) images.add(image);
  }
  return images;
}

/** By first name as `findImages` sorts, images without one first; names are read only as far as the page goes. */
function inOrderOfName(
  connection: Connection,
  images: ReadonlySet<number>,
  { skip = 0, limit }: Page,
): readonly number[] {
  if (skip === 0 && images.size <= limit) return [...images];
  const ordered = new Set(
    connection
      .numbers('SELECT id FROM image WHERE id NOT IN (SELECT image FROM image_name) ORDER BY key')
      .filter((image) => images.has(image)),
  );
  const names = connection.database
    .prepare<[], number>('SELECT image FROM image_name ORDER BY name, image')
    .pluck()
    .iterate();
  for (const image of names) {
    if (ordered.size >= skip + limit) break;
    if (images.has(image)) ordered.add(image);
  }
  return [...ordered].slice(skip, skip + limit);
}

function tell(connection: Connection, images: readonly number[], groups: Members): readonly Usage[] {
  const list = asList(images);
  const rows: UsageRow[] = [];
  const told = new Set<string>();
  const links = connection.all<{ image: number; key: string; grp: number; layer: number }>(
    `SELECT image_group.image, image.key, image_group.grp, image_group.layer FROM image_group INDEXED BY image_group_image
     JOIN image ON image.id = image_group.image WHERE image_group.image IN (SELECT value FROM json_each(?))`,
    list,
  );
  const members = new Set(links.flatMap(({ grp }) => groups.get(grp) ?? []));
  const purls = new Map(
    connection
      .all<{ id: number; purl: string }>(
        'SELECT id, purl FROM component WHERE id IN (SELECT value FROM json_each(?))',
        asList([...members]),
      )
      .map(({ id, purl }) => [id, purl]),
  );
  for (const { image, key, grp, layer } of links) {
    for (const component of groups.get(grp) ?? []) {
      const place = `${image} ${component} ${layer}`;
      const purl = purls.get(component);
      if (purl === undefined || told.has(place)) continue;
      told.add(place);
      rows.push({ component, image, key, layer, purl });
    }
  }
  const deviations = connection
    .all<DeviationRow>('SELECT * FROM deviation WHERE image IN (SELECT value FROM json_each(?))', list)
    .filter(({ component }) => members.has(component));
  return placed(rows, deviations);
}

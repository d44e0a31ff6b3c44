import { compareText } from '../../bytes/compare-text.ts';
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

/** Every page of `size` images, in the same order. */
export function* usagePages(
  connection: Connection,
  ids: readonly number[],
  { filter, size }: { readonly filter: ImageFilter; readonly size: number },
): Generator<readonly Usage[]> {
  const groups = membersByGroup(connection, ids);
  const images = imagesWith(connection, [...groups.keys()], filter);
  const ordered = images.size < MANY ? sortedByName(connection, images) : walkedByName(connection, images, images.size);
  for (let start = 0; start < ordered.length; start += size)
    yield tell(connection, ordered.slice(start, start + size), groups);
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
  const { retired, ...narrow } = filter;
  const { where, parameters } = imageConditions(narrow);
  const unfit =
    retired === undefined
      ? []
      : connection.numbers(`SELECT id FROM image WHERE retired_at IS ${retired ? '' : 'NOT '}NULL`);
  const images = new Set<number>();
  if (where === '') {
    for (const grp of groups) {
      for (const image of connection.numbers('SELECT image FROM image_group WHERE grp = ?', grp)) images.add(image);
    }
  } else {
    const wanted = new Set(groups);
    // The groups are sought here: SQLite would seek every group for every image.
    for (const { image, grp } of connection.all<{ image: number; grp: number }>(
      `SELECT image, grp FROM image_group INDEXED BY image_group_image
       WHERE image IN (SELECT value FROM json_each(?))`,
      asList(connection.numbers(`SELECT image.id FROM image ${where}`, ...parameters)),
    ))
      if (wanted.has(grp)) images.add(image);
  }
  for (const image of unfit) images.delete(image);
  return images;
}

/** Images in a page's list from which the names of all images are walked in order instead of asking for those of the list. */
const MANY = 10_000;

/** By first name as `findImages` sorts, images without one first; names are read only as far as the page goes. */
function inOrderOfName(
  connection: Connection,
  images: ReadonlySet<number>,
  { skip = 0, limit }: Page,
): readonly number[] {
  if (skip === 0 && images.size <= limit) return [...images];
  const ordered =
    images.size < MANY ? sortedByName(connection, images) : walkedByName(connection, images, skip + limit);
  return ordered.slice(skip, skip + limit);
}

function sortedByName(connection: Connection, images: ReadonlySet<number>): readonly number[] {
  return connection
    .all<{ id: number; key: string; name: string | null }>(
      `SELECT id, key, (SELECT min(name) FROM image_name WHERE image_name.image = image.id) AS name FROM image
       WHERE id IN (SELECT value FROM json_each(?))`,
      asList([...images]),
    )
    .toSorted((left, right) => compareText(left.name ?? '', right.name ?? '') || compareText(left.key, right.key))
    .map(({ id }) => id);
}

function walkedByName(connection: Connection, images: ReadonlySet<number>, end: number): readonly number[] {
  const ordered = new Set(nameless(connection).filter((image) => images.has(image)));
  const names = connection.database
    .prepare<[], number>(
      'SELECT image FROM image_name JOIN image ON image.id = image_name.image ORDER BY name, image.key',
    )
    .pluck()
    .iterate();
  for (const image of names) {
    if (ordered.size >= end) break;
    if (images.has(image)) ordered.add(image);
  }
  return [...ordered];
}

/** Images without a name, by key. Mostly there are none, which two indexes tell. */
function nameless(connection: Connection): readonly number[] {
  const count = connection.number(
    'SELECT (SELECT count(*) FROM image) - (SELECT count(DISTINCT image) FROM image_name)',
  );
  return count === 0
    ? []
    : connection.numbers('SELECT id FROM image WHERE id NOT IN (SELECT image FROM image_name) ORDER BY key');
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

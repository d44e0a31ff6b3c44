import { isRecord, parseJson } from '../../bytes/json.ts';
import type { ArchiveFault } from '../archive-store.ts';
import { filedAs } from '../prepare-image.ts';
import { type ArchiveRecord, isArchiveRecord } from '../record-shapes.ts';
import { storedAs } from '../stored-shapes.ts';
import { inflate } from './blobs.ts';
import type { Connection } from './connection.ts';
import type { ImageRow } from './find-images.ts';
import { type LinkTable, linkChecks, writeLinks } from './verify-links.ts';
import type { Walk } from './verify-walk.ts';

interface Checks {
  /** Digests of contents that are not what they were: told elsewhere. */
  readonly damaged: ReadonlySet<string>;
  /** Whether the event chain holds, and with it what it says about images. */
  readonly trusted: boolean;
  readonly repair: boolean;
  readonly walk: Walk;
}

/**
 * What images are listed under, compared with their records, and their records and times with the event chain. One walk
 * over the images; a record is read and let go.
 */
export function imageFaults(
  connection: Connection,
  { damaged, trusted, repair, walk }: Checks,
): readonly ArchiveFault[] {
  const told = trusted ? lastEvents(connection) : new Map<string, Told>();
  const recordAt = recordReader(connection);
  const linksOf = linkChecks(connection);
  const wrong: Wrong[] = [];
  const rows = connection.database.prepare<[], ImageRow>('SELECT * FROM image ORDER BY key');
  for (const row of walk('images', rows.iterate())) {
    // Without a record it is told with what points at nothing.
    if (row.record === '') continue;
    const own = told.get(row.key);
    const digest = own?.record ?? row.record;
    if (damaged.has(digest)) continue;
    const record = recordAt(digest);
    const columns = { ...fromEvents(row, own), ...(record === undefined ? {} : fromRecord(row, record, digest)) };
    const links = record === undefined ? [] : linksOf(row.id, record);
    if (Object.keys(columns).length > 0 || links.length > 0) wrong.push({ row, columns, links });
  }
  return wrong.map((image) => {
    const names = [...Object.keys(image.columns), ...image.links].join(', ');
    const detail = `${names} of image ${image.row.key} not what its record and its events say`;
    if (!repair || putRight(connection, image, recordAt)) return { what: 'image', detail, repaired: repair };
    return { what: 'image', detail: `${detail}; add it again`, repaired: true };
  });
}

type Columns = Partial<Omit<ImageRow, 'id' | 'seen_at' | 'source'>>;

interface Wrong {
  readonly row: ImageRow;
  /** The columns that are not as they should be, as they should be. */
  readonly columns: Columns;
  readonly links: readonly LinkTable[];
}

interface Told {
  readonly addedAt: string;
  readonly retiredAt: string | null;
  readonly record: string | undefined;
}

/** What the events say last about each image that is there. */
function lastEvents(connection: Connection): ReadonlyMap<string, Told> {
  const images = new Map<string, Told>();
  const events = connection.database.prepare<[], { at: string; kind: string; image: string; detail: string }>(
    `SELECT at, kind, image, detail FROM event
     WHERE kind IN ('image-added', 'image-updated', 'image-retired', 'image-restored', 'image-pruned') ORDER BY sequence`,
  );
  for (const { at, kind, image, detail } of events.iterate()) {
    const known = images.get(image);
    if (kind === 'image-added') images.set(image, { addedAt: at, retiredAt: null, record: recordOf(detail) });
    else if (kind === 'image-pruned') images.delete(image);
    else if (known === undefined) continue;
    else if (kind === 'image-updated') images.set(image, { ...known, record: recordOf(detail) });
    else images.set(image, { ...known, retiredAt: kind === 'image-retired' ? at : null });
  }
  return images;
}

function recordOf(detail: string): string | undefined {
  const value = parseJson(detail, 8);
  const record = isRecord(value) ? value['record'] : undefined;
  return typeof record === 'string' ? record : undefined;
}

/** An image no event speaks of has another key than it was added with, which its record tells. */
function fromEvents(row: ImageRow, told: Told | undefined): Columns {
  if (told === undefined) return {};
  return {
    ...(told.addedAt === row.added_at ? {} : { added_at: told.addedAt }),
    ...(told.retiredAt === row.retired_at ? {} : { retired_at: told.retiredAt }),
    ...(told.record === undefined || told.record === row.record ? {} : { record: told.record }),
  };
}

type RecordReader = (digest: string) => ArchiveRecord | undefined;

/** Undefined where the content is missing or no record: links that point at nothing are told elsewhere. */
function recordReader(connection: Connection): RecordReader {
  const contents = connection.database.prepare<[string], Buffer>('SELECT content FROM blob WHERE digest = ?').pluck();
  return (digest) => {
    const content = contents.get(digest);
    const text = content === undefined ? undefined : inflate(content);
    return text === undefined ? undefined : storedAs(new TextDecoder().decode(text), isArchiveRecord);
  };
}

function fromRecord(row: ImageRow, record: ArchiveRecord, digest: string): Columns {
  const right = filedAs(record.analysis.image, digest);
  const manifest = right.manifestDigest ?? null;
  return {
    ...(right.key === row.key ? {} : { key: right.key }),
    ...(manifest === row.manifest ? {} : { manifest }),
    ...(right.platform === row.platform ? {} : { platform: right.platform }),
    ...(right.os === row.os ? {} : { os: right.os }),
  };
}

/** False where the image must be added again, for which its record is forgotten. */
function putRight(connection: Connection, { row, columns, links }: Wrong, recordAt: RecordReader): boolean {
  write(connection, row, columns);
  const record = links.length === 0 ? undefined : recordAt(columns.record ?? row.record);
  if (record === undefined || writeLinks(connection, row.id, record)) return true;
  connection.run("UPDATE image SET record = '' WHERE id = ?", row.id);
  return false;
}

function write(connection: Connection, row: ImageRow, columns: Columns): void {
  const { key, manifest, platform, os, added_at, retired_at, record } = { ...row, ...columns };
  connection.run(
    'UPDATE image SET key = ?, manifest = ?, platform = ?, os = ?, added_at = ?, retired_at = ?, record = ? WHERE id = ?',
    key,
    manifest,
    platform,
    os,
    added_at,
    retired_at,
    record,
    row.id,
  );
}

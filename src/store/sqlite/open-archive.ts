import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import type { ArchiveStore, BundleMark, RematchChange } from '../archive-store.ts';
import { addImage, writeBundle } from './add-image.ts';
import { archiveError, BEYOND_REPAIR, guarded } from './archive-error.ts';
import { readBlob } from './blobs.ts';
import { type Connection, connect } from './connection.ts';
import { readDecisions, writeDecisions } from './decisions.ts';
import { appendEvents, readEvents } from './events.ts';
import {
  componentsElsewhere,
  componentsNamed,
  componentsOf,
  componentsWithFindings,
  readComponents,
  usages,
} from './find-components.ts';
import { findImages } from './find-images.ts';
import { findingSpans, openFindings, replaceFindings } from './findings.ts';
import { changeLabels, retireImages } from './label-images.ts';
import { openDatabase } from './open-database.ts';
import { pruneImages } from './remove-images.ts';
import { CHECKPOINT_PAGES, copyLogFrom } from './schema.ts';
import { searchArchive } from './search.ts';
import { usagePage, usagePages } from './usage-page.ts';
import { verifyArchive } from './verify.ts';
import { damagedContents } from './verify-contents.ts';
import { countedWalk } from './verify-walk.ts';

export const ARCHIVE_FILE = 'archive.sqlite';

export interface OpenArchiveOptions {
  /** Make the folder and the archive where there is none. */
  readonly create?: boolean;
  readonly onStep?: (step: string) => void;
}

/**
 * Opens the archive of a folder; for reading only where this user may not write to it, unless it is to be made. Throws
 * PLM_ARCHIVE_NOT_FOUND, PLM_ARCHIVE_READ_ONLY, PLM_ARCHIVE_DAMAGED, PLM_ARCHIVE_VERSION, PLM_ARCHIVE_BUSY.
 */
export function openArchive(folder: string, options: OpenArchiveOptions = {}): ArchiveStore {
  const path = join(folder, ARCHIVE_FILE);
  if (options.create === true) makeFolder(folder);
  else if (!existsSync(path)) {
    throw new PlimsollError('PLM_ARCHIVE_NOT_FOUND', 'there is no archive', {
      path: folder,
      hint: 'plimsoll archive add makes one',
    });
  }
  const database = guarded(path, () => openDatabase(path, options.create === true), BEYOND_REPAIR);
  return sqliteArchive(connect(database, path, options.onStep ?? (() => undefined)));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (statSync(folder).isDirectory()) return;
  } catch (cause) {
    if (systemErrorCode(cause) === undefined) throw cause;
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new PlimsollError('PLM_ARCHIVE_NOT_FOUND', 'the archive folder cannot be made', {
      path: folder,
      hint: 'check its place and rights',
    });
  }
}

function sqliteArchive(connection: Connection): ArchiveStore {
  const read = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      throw archiveError(connection.path, cause);
    }
  };
  const write = async <Result>(work: () => Result): Promise<Result> =>
    guarded(connection.path, () => connection.database.transaction(work).immediate());
  return {
    add: (image) => write(() => addImage(connection, image)),
    images: (filter) => read(() => findImages(connection, filter)),
    blob: (digest) => read(() => readBlob(connection, digest)),
    label: (key, labels, at) => write(() => changeLabels(connection, { key, labels, at })),
    retire: (keys, retired, at) => write(() => retireImages(connection, { keys, retired, at })),
    prune: (keys, reason, at) => write(() => pruneImages(connection, { keys, reason, at })),
    current: () => read(() => currentBundle(connection)),
    componentsNamed: (names) => read(() => componentsNamed(connection, names)),
    componentsWithFindings: (ids) => read(() => componentsWithFindings(connection, ids)),
    componentsElsewhere: () => read(() => componentsElsewhere(connection)),
    lastComponent: () => read(() => connection.number('SELECT max(id) FROM component') ?? 0),
    allComponents: (after, limit) => read(() => allComponents(connection, after, limit)),
    componentsOf: (key) => read(() => componentsOf(connection, key)),
    components: (ids) => read(() => readComponents(connection, ids)),
    findings: (ids) => read(() => openFindings(connection, ids)),
    commitRematch: (change) => logCopiedLater(connection, () => write(() => commitRematch(connection, change))),
    told: () => read(() => connection.number("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'told'") ?? 0),
    setTold: (sequence) =>
      write(() => void connection.run("INSERT OR REPLACE INTO meta VALUES ('told', ?)", String(sequence))),
    usages: (ids, filter) => read(() => usages(connection, ids, filter ?? {})),
    usagePage: (ids, filter, page) => read(() => usagePage(connection, ids, { filter, page })),
    async *usagePages(ids, filter, size) {
      const pages = usagePages(connection, ids, { filter, size });
      for (let page = await read(() => pages.next()); page.done !== true; page = await read(() => pages.next()))
        yield page.value;
    },
    events: (filter) => read(() => readEvents(connection, filter)),
    append: (events, at) => write(() => appendEvents(connection, events, at)),
    decisions: (keys) => read(() => readDecisions(connection, keys)),
    decide: (decisions, events, at) => write(() => writeDecisions(connection, { decisions, events, at })),
    search: (query) => read(() => searchArchive(connection, query)),
    findingSpans: (ids) => read(() => findingSpans(connection, ids)),
    verify: async (repair, onProgress = () => undefined) => {
      const walk = await read(() => countedWalk(connection, onProgress));
      const damaged = await read(() => damagedContents(connection, walk));
      const checked = () => verifyArchive(connection, { damaged, repair, walk });
      return repair ? write(checked) : read(checked);
    },
    counts: () => read(() => counts(connection)),
    backup: (path) => copyTo(path, connection),
    close: () => connection.database.close(),
  };
}

/** What SQLite says of a copy is about the copy, but for damage: only the archive can have that. */
async function copyTo(path: string, { database, path: archive }: Connection): Promise<void> {
  try {
    await database.backup(path);
  } catch (cause) {
    throw /^SQLITE_(?:CORRUPT|NOTADB)/.test(systemErrorCode(cause) ?? '') ? archiveError(archive, cause) : cause;
  }
}

/** The log holds a change for good. Copying a large one takes as long again: the next commit does it, when the events are told. */
async function logCopiedLater<Result>(connection: Connection, change: () => Promise<Result>): Promise<Result> {
  copyLogFrom(connection.database, 0);
  try {
    return await change();
  } finally {
    copyLogFrom(connection.database, CHECKPOINT_PAGES);
  }
}

function currentBundle(connection: Connection): BundleMark | undefined {
  return connection.get<BundleMark>(
    `SELECT content_id AS contentId, channel, epoch, sequence, built_at AS builtAt FROM bundle
     WHERE content_id = (SELECT value FROM meta WHERE key = 'bundle')`,
  );
}

function allComponents(connection: Connection, after: number, limit: number): readonly number[] {
  return connection.numbers('SELECT id FROM component WHERE id > ? ORDER BY id LIMIT ?', after, limit);
}

/** What was archived while the re-match ran is matched by `from` at best: it stays on the list of the next one. */
function commitRematch(
  connection: Connection,
  { at, bundle, from, lastComponent, findings, events }: RematchChange,
): void {
  if (currentBundle(connection)?.contentId !== from) {
    throw new PlimsollError('PLM_ARCHIVE_BUSY', 'another re-match was faster', {
      path: connection.path,
      hint: 'run the re-match again',
    });
  }
  connection.onStep('findings');
  replaceFindings(connection, findings, at);
  connection.onStep('marks');
  connection.run(
    'UPDATE component INDEXED BY component_elsewhere SET matched = NULL WHERE matched IS NOT NULL AND id <= ?',
    lastComponent,
  );
  connection.run('UPDATE component SET matched = ? WHERE matched IS NULL AND id > ?', from ?? '', lastComponent);
  writeBundle(connection, bundle);
  connection.run("INSERT OR REPLACE INTO meta VALUES ('bundle', ?)", bundle.contentId);
  connection.onStep('events');
  appendEvents(connection, events, at);
}

function counts(connection: Connection): Readonly<Record<string, number>> {
  const tables = ['image', 'component', 'component_group', 'group_member', 'image_group', 'finding', 'event', 'blob'];
  return Object.fromEntries(tables.map((table) => [table, connection.number(`SELECT count(*) FROM ${table}`) ?? 0]));
}

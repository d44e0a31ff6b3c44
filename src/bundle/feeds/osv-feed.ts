import { join } from 'node:path';
import { PlimsollError } from '../../errors.ts';
import type { Advisory } from '../../model/advisory.ts';
import { fileSource } from '../container/byte-source.ts';
import { sha256Hex } from '../content-id.ts';
import type { FileSystem } from '../store/file-system.ts';
import type { SourceTally } from './feed-report.ts';
import { readOsvRecord } from './osv-record.ts';
import { zipMembers } from './zip-members.ts';

/** A single advisory: the largest of OSV.dev (kernel records with thousands of versions) stay below 8 MiB. */
const RECORD_BYTES = 64 * 1024 * 1024;

interface FeedRecord {
  readonly name: string;
  bytes(): Uint8Array;
}

/**
 * Advisories of `osv/<Ecosystem>`: `all.zip` as OSV.dev exports it, and loose `.json` files beside or instead of it. Records
 * come in the bytewise order of their names, whatever the order in the archive or folder; one record is in memory at
 * a time. An advisory that several ecosystems export is taken once. `seen` holds ids across feeds.
 */
export function* readOsvFeed(
  fs: FileSystem,
  folder: string,
  options: { readonly tally: SourceTally; readonly seen: Map<string, string> },
): Generator<Advisory> {
  const { tally, seen } = options;
  for (const record of sortedRecords(fs, folder)) {
    const bytes = record.bytes();
    const reading = readOsvRecord(bytes, tally.id);
    if ('skipped' in reading) {
      tally.skip(reading.skipped, record.name);
      continue;
    }
    const { advisory } = reading;
    if (advisory.withdrawn !== undefined) {
      tally.skip('withdrawn', record.name);
      continue;
    }
    const digest = sha256Hex(bytes);
    const earlier = seen.get(advisory.id);
    if (earlier !== undefined) {
      tally.skip(earlier === digest ? 'read in another ecosystem' : 'another record has its id', record.name);
      continue;
    }
    seen.set(advisory.id, digest);
    tally.read(advisory.modified);
    yield advisory;
  }
}

/** Names of the ecosystem folders of `DIR/osv`, sorted; empty where there is none. */
export function osvEcosystems(fs: FileSystem, feeds: string): readonly string[] {
  const base = join(feeds, 'osv');
  if (!fs.existsSync(base)) return [];
  const folders = fs
    .readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  return folders.map((entry) => entry.name).sort();
}

function* sortedRecords(fs: FileSystem, folder: string): Generator<FeedRecord> {
  const names = fs.readdirSync(folder).sort();
  const archives = names.filter((name) => name.endsWith('.zip'));
  const sources = archives.map((name) => ({ path: join(folder, name), source: fileSource(fs, join(folder, name)) }));
  try {
    const zipped = sources.flatMap(({ path, source }) =>
      [...zipMembers(source, path)]
        .filter((member) => member.name.endsWith('.json'))
        .map((member) => ({ name: member.name, bytes: () => member.bytes(RECORD_BYTES) })),
    );
    const loose = names.filter((name) => name.endsWith('.json')).map((name) => looseRecord(fs, folder, name));
    const records: FeedRecord[] = [...zipped, ...loose];
    records.sort((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
    yield* records;
  } finally {
    for (const { source } of sources) source.close();
  }
}

function looseRecord(fs: FileSystem, folder: string, name: string): FeedRecord {
  const path = join(folder, name);
  return {
    name,
    bytes() {
      const source = fileSource(fs, path);
      try {
        if (source.size > RECORD_BYTES)
          throw new PlimsollError('PLM_FEED_INVALID', 'the record is too large', { path });
        return source.read(0, source.size);
      } finally {
        source.close();
      }
    },
  };
}

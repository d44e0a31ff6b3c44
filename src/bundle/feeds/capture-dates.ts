import { join } from 'node:path';
import { isRecord } from '../../bytes/json.ts';
import type { FileSystem } from '../store/file-system.ts';
import { readJsonFeed } from './json-file.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/;

/** Capture dates by source id as `sources.json` beside the feeds states them: `{"sources":{"osv/Debian":"2026-08-21"}}`. */
export function readCaptureDates(fs: FileSystem, feeds: string): ReadonlyMap<string, string> {
  const file = readJsonFeed(fs, join(feeds, 'sources.json'));
  const sources = isRecord(file) && isRecord(file['sources']) ? file['sources'] : {};
  const dates = new Map<string, string>();
  for (const [id, date] of Object.entries(sources))
    if (typeof date === 'string' && DATE.test(date)) dates.set(id, date);
  return dates;
}

import { gunzipSync } from 'node:zlib';
import { PlimsollError } from '../../errors.ts';
import type { FileSystem } from '../store/file-system.ts';

/** Any feed that is one file: EPSS is 12 MB of CSV, endoflife 2 MB, KEV 2 MB. */
const FEED_FILE_BYTES = 512 * 1024 * 1024;

/** A JSON feed, or undefined where the file does not exist. Throws PLM_FEED_INVALID. */
export function readJsonFeed(fs: FileSystem, path: string): unknown {
  if (!fs.existsSync(path)) return undefined;
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new PlimsollError('PLM_FEED_INVALID', 'the feed is not JSON', { path, cause });
  }
}

/** The text of a feed that may be gzipped. Throws PLM_FEED_INVALID. */
export function readTextFeed(fs: FileSystem, path: string): string {
  const bytes = fs.readFileSync(path);
  if (!path.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: FEED_FILE_BYTES }).toString('utf8');
  } catch (cause) {
    throw new PlimsollError('PLM_FEED_INVALID', 'the feed is not gzip', { path, cause });
  }
}

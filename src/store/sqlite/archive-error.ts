import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { isNotWritable, readOnlyArchive } from './open-database.ts';

const REPAIRABLE = 'run "plimsoll archive verify --repair", or put back a copy';
export const BEYOND_REPAIR = 'put back a copy, or add the images again to a new folder';

/** What the work gives; what SQLite throws in it becomes {@link archiveError}. */
export function guarded<Result>(path: string, work: () => Result, remedy = REPAIRABLE): Result {
  try {
    return work();
  } catch (cause) {
    throw archiveError(path, cause, remedy);
  }
}

/** SQLite's own words become codes: damage, a full disk and a lock that does not end are reachable by users. */
export function archiveError(path: string, cause: unknown, remedy = REPAIRABLE): unknown {
  const code = systemErrorCode(cause);
  if (isNotWritable(cause)) return readOnlyArchive(path, cause);
  if (code?.startsWith('SQLITE_BUSY') === true || code?.startsWith('SQLITE_LOCKED') === true) {
    const message = 'another process has been changing the archive for half a minute';
    return new PlimsollError('PLM_ARCHIVE_BUSY', message, { path, hint: 'try again when it has ended', cause });
  }
  if (code === 'SQLITE_FULL') {
    const hint = 'it is as it was before; make room and call again';
    return new PlimsollError('PLM_OUTPUT_FAILED', 'there is no room left for the archive', { path, hint, cause });
  }
  if (code?.startsWith('SQLITE_') !== true) return cause;
  const message = `the archive cannot be used: ${cause instanceof Error ? cause.message : code}`;
  return new PlimsollError('PLM_ARCHIVE_DAMAGED', message, { path, hint: remedy, cause });
}

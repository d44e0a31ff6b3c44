import { homedir } from 'node:os';
import { join } from 'node:path';
import { NODE_FILE_SYSTEM, type StoreContext } from '../../bundle/store/file-system.ts';

/** The real clock, file system and process for operations on a store. */
export function storeContext(): StoreContext {
  return { fs: NODE_FILE_SYSTEM, now: Date.now, pid: process.pid, isAlive };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Where the database is installed when `--db` does not say: `$XDG_DATA_HOME/plimsoll/db`. */
export function defaultStore(): string {
  const base = process.env['XDG_DATA_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.local', 'share') : base, 'plimsoll', 'db');
}

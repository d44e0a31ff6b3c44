import { dirname } from 'node:path';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import type { FileSystem } from './file-system.ts';

/** Writes a new file whole and flushes it; the name is safe only after `flushFolder`. */
export function writeFlushed(fs: FileSystem, path: string, parts: Iterable<Uint8Array>): void {
  const fd = fs.openSync(path, 'wx', 0o644);
  try {
    for (const part of parts) writeAll(fs, fd, part);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Replaces a file so that a crash leaves the old or the new content, never a mixture. */
export function replaceFile(fs: FileSystem, path: string, bytes: Uint8Array): void {
  const temporary = `${path}.new`;
  fs.rmSync(temporary, { force: true });
  writeFlushed(fs, temporary, [bytes]);
  fs.renameSync(temporary, path);
  flushFolder(fs, dirname(path));
}

/** Makes the names in a folder survive a loss of power. */
export function flushFolder(fs: FileSystem, folder: string): void {
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function writeAll(fs: FileSystem, fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += fs.writeSync(fd, bytes, written, bytes.length - written);
}

/** Runs a change of the store; what the file system refuses becomes PLM_BUNDLE_STORE with the reason. */
export function changingStore<Result>(store: string, change: () => Result): Result {
  try {
    return change();
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_BUNDLE_STORE', `the store cannot be changed (${code}); the database in use is whole`, {
      path: store,
      hint: HINTS[code],
      cause,
    });
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'make room: an import needs twice the size of the database',
  EROFS: 'the store is on a read-only file system',
  EACCES: 'the store belongs to another user',
  EEXIST: 'a file has this name; a store is a folder',
  ENOTDIR: 'a file has this name or one above it; a store is a folder',
};

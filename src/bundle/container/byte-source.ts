import { PlimsollError, systemErrorCode } from '../../errors.ts';
import type { FileSystem } from '../store/file-system.ts';

/** Random access to a bundle's bytes. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes. Throws PLM_BUNDLE_TRUNCATED where they end early. */
  read(offset: number, length: number): Uint8Array;
  /** Throws PLM_BUNDLE_SOURCE_CHANGED where the file is not the one that was opened. */
  assertUnchanged(): void;
  close(): void;
}

/** A bundle that is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      if (offset + length > bytes.length) throw new PlimsollError('PLM_BUNDLE_TRUNCATED', 'the bundle ends early');
      return bytes.subarray(offset, offset + length);
    },
    assertUnchanged: () => undefined,
    close: () => undefined,
  };
}

/**
 * Opens a regular file once and never by name again: no symlink, FIFO, device or directory, and what is read from it is
 * what was hashed. Throws PLM_INPUT_NOT_FOUND or PLM_INPUT_UNREADABLE.
 */
export function fileSource(fs: FileSystem, path: string): ByteSource {
  const file = openRegular(fs, path);
  const { fd, size, mtimeMs } = file;
  return {
    size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafeSlow(length);
      let filled = 0;
      while (filled < length) {
        const count = readAt(fs, { fd, path, bytes, filled, offset });
        if (count === 0) throw new PlimsollError('PLM_BUNDLE_TRUNCATED', 'the file ends early', { path });
        filled += count;
      }
      return bytes;
    },
    assertUnchanged() {
      const now = fs.fstatSync(fd);
      if (now.size !== size || now.mtimeMs !== mtimeMs) {
        throw new PlimsollError('PLM_BUNDLE_SOURCE_CHANGED', 'the file changed while it was read', { path });
      }
    },
    close: () => fs.closeSync(fd),
  };
}

function openRegular(
  fs: FileSystem,
  path: string,
): { readonly fd: number; readonly size: number; readonly mtimeMs: number } {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  try {
    const fd = fs.openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
    const stat = fs.fstatSync(fd);
    if (stat.isFile()) return { fd, size: stat.size, mtimeMs: stat.mtimeMs };
    fs.closeSync(fd);
  } catch (cause) {
    throw openFailure(path, cause);
  }
  throw new PlimsollError('PLM_INPUT_UNREADABLE', 'a bundle must be a regular file', { path });
}

function openFailure(path: string, cause: unknown): unknown {
  const code = systemErrorCode(cause);
  if (code === undefined) return cause;
  if (code === 'ENOENT') return new PlimsollError('PLM_INPUT_NOT_FOUND', 'there is no such file', { path, cause });
  const message = code === 'ELOOP' ? 'a bundle must not be a symbolic link' : `the file cannot be opened (${code})`;
  return new PlimsollError('PLM_INPUT_UNREADABLE', message, { path, cause });
}

interface ReadRequest {
  readonly fd: number;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly filled: number;
  readonly offset: number;
}

function readAt(fs: FileSystem, { fd, path, bytes, filled, offset }: ReadRequest): number {
  try {
    return fs.readSync(fd, bytes, filled, bytes.length - filled, offset + filled);
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_INPUT_UNREADABLE', `the file cannot be read (${code})`, { path, cause });
  }
}

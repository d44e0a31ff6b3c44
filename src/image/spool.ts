import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlimsollError, systemErrorCode } from '../errors.ts';

/** A private temporary file that is gone when `close` was called. */
export interface Spool {
  /** Where its bytes can be read while it is open. */
  readonly file: string;
  close(): Promise<void>;
}

/**
 * Writes a stream to a private temporary file. Where the system allows it the name is removed before the first byte
 * is written and the file lives on through its descriptor, so that nothing is left however the process ends.
 */
export async function spool(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Spool> {
  const path = join(tmpdir(), `plimsoll-${randomBytes(12).toString('hex')}`);
  const handle = await open(path, 'wx+', 0o600).catch(refuseUnwritable);
  const byDescriptor = `/proc/self/fd/${handle.fd}`;
  const isNameless = existsSync(byDescriptor);
  const close = async (): Promise<void> => {
    await handle.close();
    if (!isNameless) await rm(path, { force: true });
  };
  try {
    if (isNameless) await rm(path);
    await writeAll(handle, bytes, limit);
  } catch (error) {
    await close();
    throw error;
  }
  return { file: isNameless ? byDescriptor : path, close };
}

async function writeAll(handle: FileHandle, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<void> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) {
      throw new PlimsollError('PLM_LIMIT', `the input unpacks to more than ${limit} bytes`, {
        hint: 'raise it with --limit layerBytes=N',
      });
    }
    await handle.writeFile(chunk).catch(refuseUnwritable);
  }
}

function refuseUnwritable(cause: unknown): never {
  throw new PlimsollError(
    'PLM_INPUT_UNREADABLE',
    `no temporary file can be written for it (${systemErrorCode(cause)})`,
    {
      hint: 'let TMPDIR name a folder with room for the unpacked input, or give the input as an uncompressed file',
      cause,
    },
  );
}

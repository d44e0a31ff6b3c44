import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { PlimsollError, systemErrorCode } from '../../errors.ts';

/** Writes a file that has its name only when it is whole. Throws PLM_OUTPUT_FAILED. */
export function writeFile(path: string, parts: Iterable<Uint8Array>, mode = 0o644): void {
  const temporary = `${path}.part`;
  try {
    const fd = openSync(temporary, 'w', mode);
    try {
      for (const part of parts) for (let done = 0; done < part.length; ) done += writeSync(fd, part, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const code = systemErrorCode(cause);
    if (code === undefined || cause instanceof PlimsollError) throw cause;
    throw new PlimsollError('PLM_OUTPUT_FAILED', `the file cannot be written (${code})`, { path, cause });
  }
}

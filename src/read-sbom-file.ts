import { readFileSync, statSync } from 'node:fs';
import { PlimsollError, systemErrorCode } from './errors.ts';
import { sbomTooLarge } from './report/read-sbom/read-sbom.ts';

/** The bytes of an SBOM file, at most `limit`. Throws PLM_INPUT_NOT_FOUND, PLM_INPUT_UNREADABLE, PLM_SBOM_INVALID, PLM_LIMIT. */
export function readSbomFile(path: string, limit: number): Uint8Array {
  try {
    const status = statSync(path);
    if (status.isCharacterDevice()) throw new PlimsollError('PLM_SBOM_INVALID', 'a device holds no SBOM', { path });
    const { size } = status;
    if (size > limit) throw sbomTooLarge(size, limit, path);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    const code = systemErrorCode(cause);
    if (code === 'ENOENT') throw new PlimsollError('PLM_INPUT_NOT_FOUND', 'there is no such file', { path, cause });
    throw new PlimsollError('PLM_INPUT_UNREADABLE', `the file cannot be read (${code ?? 'unknown error'})`, {
      path,
      cause,
    });
  }
}

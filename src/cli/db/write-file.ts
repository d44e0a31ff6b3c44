import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { OutputFile } from '../output-file.ts';

/** Writes a file that has its name only when it is whole. Throws PLM_OUTPUT_FAILED. */
export function writeFile(path: string, parts: Iterable<Uint8Array>, mode = 0o644): void {
  let file: OutputFile | undefined;
  try {
    file = new OutputFile(path, mode);
    for (const part of parts) file.write(part);
    file.finish();
  } catch (cause) {
    file?.abandon();
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_OUTPUT_FAILED', `the file cannot be written (${code})`, { path, cause });
  }
}

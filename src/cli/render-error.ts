import { exitCodeOfError, PlimsollError } from '../errors.ts';
import { printable } from './printable.ts';

/**
 * Writes one line with code, message, path and hint, and returns the exit code. What is no PlimsollError is a defect:
 * it is named as one, with its stack only where PLIMSOLL_DEBUG is set.
 */
export function renderError(error: unknown, stderr: { write(text: string): unknown }): number {
  if (error instanceof PlimsollError) {
    const path = error.path === undefined ? '' : ` [${printable(error.path)}]`;
    const hint = error.hint === undefined ? '' : `; ${printable(error.hint)}`;
    stderr.write(`${error.code}: ${printable(error.message)}${path}${hint}\n`);
    return exitCodeOfError(error.code);
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'usage' in error) {
    stderr.write(`PLM_USAGE: ${printable(message)}\n`);
    return 2;
  }
  stderr.write(`PLM_DEFECT: ${printable(message)}; this is a defect of plimsoll, please report it\n`);
  if (process.env['PLIMSOLL_DEBUG'] !== undefined && error instanceof Error) stderr.write(`${error.stack}\n`);
  return 3;
}

import { systemErrorCode } from '../../errors.ts';

const ENTER = new Set([0x0a, 0x0d, 0x04]);
const INTERRUPT = 0x03;
const ERASE = 0x7f;

/**
 * The line that is typed on a terminal in raw mode, where `read` gives one byte, or undefined at the end. Undefined where
 * the line was interrupted.
 */
export function readHidden(read: () => number | undefined): string | undefined {
  const typed: number[] = [];
  for (let byte = read(); byte !== undefined && !ENTER.has(byte); byte = read()) {
    if (byte === INTERRUPT) return undefined;
    if (byte === ERASE) eraseCharacter(typed);
    else typed.push(byte);
  }
  return Buffer.from(typed).toString('utf8');
}

/** Takes back one character of UTF-8: its following bytes are `10xxxxxx`. */
function eraseCharacter(typed: number[]): void {
  let byte = typed.pop();
  while (byte !== undefined && (byte & 0xc0) === 0x80) byte = typed.pop();
}

const PAUSE_MILLISECONDS = 20;

/**
 * One byte of a terminal, waited for: the runtime opens terminals so that reading them does not wait. Undefined at the end.
 */
export function readByte(readOne: (into: Uint8Array) => number): number | undefined {
  const one = new Uint8Array(1);
  for (;;) {
    try {
      return readOne(one) === 1 ? one[0] : undefined;
    } catch (error) {
      if (systemErrorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS);
    }
  }
}

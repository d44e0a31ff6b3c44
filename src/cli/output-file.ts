import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/**
 * A file that has its name only once it is whole: a neighbour is written first and then renamed. A link keeps its place and its
 * target is written; what is no file, as a device or a pipe, cannot be replaced and is written as it is.
 */
export class OutputFile {
  readonly #target: string;
  /** Undefined where there is nothing to rename. */
  readonly #temporary: string | undefined;
  #descriptor: number | undefined;

  /** Throws what the system throws where it cannot be written. */
  constructor(path: string, mode = 0o644) {
    const existing = statSync(path, { throwIfNoEntry: false });
    this.#target = existing === undefined ? path : realpathSync(path);
    const isReplaced = existing === undefined || existing.isFile();
    this.#temporary = isReplaced ? `${this.#target}.${process.pid}.part` : undefined;
    this.#descriptor = openSync(this.#temporary ?? this.#target, isReplaced ? 'wx' : 'w', mode);
  }

  write(bytes: Uint8Array): void {
    if (this.#descriptor === undefined) throw new Error('the output was closed before');
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
  }

  /** Gives the file its name. */
  finish(): void {
    if (this.#descriptor === undefined) throw new Error('the output was closed before');
    if (this.#temporary !== undefined) fsyncSync(this.#descriptor);
    this.#close();
    if (this.#temporary !== undefined) renameSync(this.#temporary, this.#target);
  }

  /** Leaves no trace where it was not finished; safe to call at any time. */
  abandon(): void {
    this.#close();
    if (this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

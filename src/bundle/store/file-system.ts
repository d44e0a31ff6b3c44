import * as nodeFs from 'node:fs';

/** The file-system calls of this folder: tests put a failing one in their place. */
export type FileSystem = Pick<
  typeof nodeFs,
  | 'closeSync'
  | 'constants'
  | 'existsSync'
  | 'fstatSync'
  | 'fsyncSync'
  | 'linkSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readSync'
  | 'readdirSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'statSync'
  | 'statfsSync'
  | 'unlinkSync'
  | 'writeSync'
>;

export const NODE_FILE_SYSTEM: FileSystem = nodeFs;

/** What an operation on a store needs from the outside. The cli gives the real clock and process. */
export interface StoreContext {
  readonly fs: FileSystem;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
}

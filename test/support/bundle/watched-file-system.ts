import { type FileSystem, NODE_FILE_SYSTEM } from '../../../src/bundle/store/file-system.ts';

/** The real file system without waiting for the disk: a flush changes nothing that a living system can see. */
export const UNFLUSHED_FILE_SYSTEM: FileSystem = { ...NODE_FILE_SYSTEM, fsyncSync() {} };

/** A file system that tells of every call before it happens; the listener may throw in its place. */
export function watchedFileSystem(before: (call: string, args: readonly unknown[]) => void): FileSystem {
  return new Proxy(
    { ...UNFLUSHED_FILE_SYSTEM },
    {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function' || !String(name).endsWith('Sync')) return value;
        return (...args: unknown[]): unknown => {
          before(String(name), args);
          return Reflect.apply(value, target, args);
        };
      },
    },
  );
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}

/** A process that was killed: neither it nor any clean-up of it does anything more. */
export class Killed extends Error {}

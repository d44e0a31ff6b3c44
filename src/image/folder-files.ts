import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { canonicalPath } from '../archive-formats/entry.ts';
import { systemErrorCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { tooLarge } from './archive-files.ts';
import type { FileRange, ImageFiles } from './image-files.ts';

/** The files of an OCI layout folder. Links that lead out of the folder are not followed. */
export function openFolder(folder: string, limits: Limits): ImageFiles {
  const root = realpathSync(folder);
  const find = (path: string): FileRange | undefined => {
    try {
      const file = realpathSync(join(root, canonicalPath(path)));
      const status = statSync(file);
      if (!file.startsWith(root + sep) || !status.isFile()) return undefined;
      return { file, offset: 0, size: status.size };
    } catch (error) {
      if (NOTHING_THERE.has(systemErrorCode(error))) return undefined;
      throw error;
    }
  };
  return {
    location: folder,
    isFolder: true,
    find,
    read(path) {
      const range = find(path);
      if (range === undefined) return undefined;
      if (range.size > limits.manifestBytes) throw tooLarge(folder, path, limits);
      return readFileSync(range.file);
    },
    names(path) {
      try {
        return readdirSync(join(root, canonicalPath(path))).sort();
      } catch (error) {
        if (NOTHING_THERE.has(systemErrorCode(error))) return [];
        throw error;
      }
    },
    close: async () => undefined,
  };
}

const NOTHING_THERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

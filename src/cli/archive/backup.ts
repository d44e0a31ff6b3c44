import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { ARCHIVE_FILE, openArchive } from '../../store/sqlite/open-archive.ts';
import { stringOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, withArchive } from './archive-arguments.ts';

/** `plimsoll archive backup`: a copy as of one moment, which is an archive itself. */
export const backup: Subcommand = {
  usage: 'backup <folder>',
  summary: 'copy the archive as it is at one moment, while others may write to it; the copy is an archive itself',
  options: (argv) =>
    archiveOption(argv).positional('folder', { type: 'string', demandOption: true, describe: 'folder for the copy' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const folder = stringOf(args, 'folder') ?? '';
      const target = join(folder, ARCHIVE_FILE);
      if (existsSync(target))
        throw new PlimsollError('PLM_OUTPUT_FAILED', 'there is an archive already', {
          path: folder,
          hint: 'name another folder: a copy never takes the place of an archive',
        });
      const unfinished = `${target}.part`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        rmSync(unfinished, { force: true });
        try {
          await store.backup(unfinished);
          renameSync(unfinished, target);
        } catch (cause) {
          rmSync(unfinished, { force: true });
          throw cause;
        }
      } catch (cause) {
        const code = systemErrorCode(cause);
        if (code === undefined) throw cause;
        throw new PlimsollError('PLM_OUTPUT_FAILED', `the copy cannot be written (${code})`, {
          path: folder,
          hint: 'check its place and rights, and the room on the disk',
          cause,
        });
      }
      const copy = openArchive(folder);
      try {
        const { image = 0 } = await copy.counts();
        process.stdout.write(`${printable(folder)}: ${counted(image, 'image')}\n`);
      } finally {
        copy.close();
      }
      return 0;
    }),
};

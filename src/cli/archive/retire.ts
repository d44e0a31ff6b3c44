import { flagOf, stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, oneImage, withArchive } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';

export const retire: Subcommand = {
  usage: 'retire <image>',
  summary: 'keep an image but report it no more (--restore takes that back)',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .positional('image', { type: 'string', demandOption: true })
      .option('restore', { type: 'boolean', describe: 'report it again' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const image = await oneImage(store, stringOf(args, 'image') ?? '');
      const retired = !flagOf(args, 'restore');
      const already = retired === (image.retiredAt !== undefined);
      await store.retire([image.key], retired, new Date().toISOString());
      if (args['format'] === 'json') {
        writeJson({ ...describeImage(await oneImage(store, image.key)), changed: !already });
        return 0;
      }
      const done = retired ? 'retired' : 'reported again';
      process.stderr.write(
        `${printable(image.names[0] ?? image.key)}: ${already ? 'was ' : ''}${done}${already ? ' already' : ''}\n`,
      );
      return 0;
    }),
};

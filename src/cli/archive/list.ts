import { counted } from '../../model/counted.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, filterOf, filterOptions, withArchive } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';

export const list: Subcommand = {
  usage: 'list',
  summary: 'what the archive holds',
  options: (argv) => jsonOption(filterOptions(archiveOption(argv))),
  run: (args) =>
    withArchive(args, async (store) => {
      const images = await store.images(filterOf(args));
      if (args['format'] === 'json') writeJson({ images: images.map(describeImage) });
      else {
        for (const image of images) {
          const labels = Object.entries(image.labels).map(([name, value]) => `${name}=${value}`);
          const row = [image.names[0] ?? image.key, image.platform, image.os, image.seenAt.slice(0, 10), ...labels];
          process.stdout.write(`${row.map(printable).join('  ')}\n`);
        }
        process.stderr.write(`${counted(images.length, 'image')}\n`);
      }
      return 0;
    }),
};

import { PlimsollError } from '../../errors.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, labelsOf, oneImage, withArchive } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';

export const tag: Subcommand = {
  usage: 'tag <image> [labels..]',
  summary: 'set labels of an image: team=payments deployed=yes; an empty value removes one',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .positional('image', { type: 'string', demandOption: true })
      .positional('labels', { type: 'string', array: true }),
  run: (args) =>
    withArchive(args, async (store) => {
      const labels = labelsOf(stringsOf(args, 'labels'));
      if (Object.keys(labels).length === 0)
        throw new PlimsollError('PLM_USAGE', 'name at least one label as NAME=VALUE');
      const image = await oneImage(store, stringOf(args, 'image') ?? '');
      await store.label(image.key, labels, new Date().toISOString());
      if (args['format'] === 'json') {
        writeJson(describeImage(await oneImage(store, image.key)));
        return 0;
      }
      const done = Object.entries(labels).map(([name, value]) =>
        value === '' ? `without ${name}` : `${name}=${value}`,
      );
      process.stderr.write(`${printable(`${image.names[0] ?? image.key}: ${done.join(', ')}`)}\n`);
      return 0;
    }),
};

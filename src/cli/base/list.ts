import { counted } from '../../model/counted.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { basesOf } from './base-catalogue.ts';

export const list: Subcommand = {
  usage: 'list',
  summary: 'the base images that are known',
  options: (argv) => jsonOption(argv).option('bases', { type: 'string', describe: 'catalogue file' }),
  run(args) {
    const bases = basesOf(args);
    if (args['format'] === 'json') writeJson({ bases });
    else if (bases.length === 0) process.stderr.write('no base image is known: plimsoll base add IMAGE adds one\n');
    else
      for (const base of bases)
        process.stdout.write(
          `${printable(base.name)}  ${counted(base.diffIds.length, 'layer')}, the last ${base.diffIds.at(-1)}\n`,
        );
    return 0;
  },
};

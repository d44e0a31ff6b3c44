import { counted } from '../../model/counted.ts';
import { printable } from '../printable.ts';
import { flagOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, jsonOption, withArchive, writeJson } from './archive-arguments.ts';

const EXIT_DAMAGED = 3;

export const verify: Subcommand = {
  usage: 'verify',
  summary: 'hash everything again, check the event chain; --repair mends what can be mended',
  options: (argv) =>
    jsonOption(archiveOption(argv)).option('repair', {
      type: 'boolean',
      describe: 'rebuild indexes, drop damaged content',
    }),
  run: (args) =>
    withArchive(args, async (store) => {
      const faults = await store.verify(flagOf(args, 'repair'));
      const counts = await store.counts();
      if (args['format'] === 'json') writeJson({ sound: faults.length === 0, faults, counts });
      else {
        for (const { what, detail, repaired } of faults)
          process.stdout.write(`${repaired ? 'repaired' : 'damaged '} ${what}: ${printable(detail)}\n`);
        if (faults.length === 0)
          process.stdout.write(
            `sound: ${Object.entries(counts)
              .map(([name, count]) => counted(count, name.replaceAll('_', ' ')))
              .join(', ')}\n`,
          );
      }
      return faults.every((fault) => fault.repaired) ? 0 : EXIT_DAMAGED;
    }),
};

import { counted } from '../../model/counted.ts';
import type { ArchiveFault, ArchiveStore } from '../../store/archive-store.ts';
import { flagOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import { showVerifyProgress } from '../show-progress.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, withArchive } from './archive-arguments.ts';

const EXIT_DAMAGED = 3;

export const verify: Subcommand = {
  usage: 'verify',
  summary: 'hash everything again, check the event chain; --repair mends what can be mended',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .option('repair', { type: 'boolean', describe: 'rebuild indexes, drop damaged content' })
      .option('progress', {
        type: 'boolean',
        default: true,
        describe: 'progress on a terminal (--no-progress turns it off)',
      }),
  run: (args) =>
    withArchive(args, async (store) => {
      const faults = await verified(store, { repair: flagOf(args, 'repair'), progress: args['progress'] !== false });
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
        else process.stderr.write(`${summaryOf(faults, flagOf(args, 'repair'))}\n`);
      }
      return faults.every((fault) => fault.repaired) ? 0 : EXIT_DAMAGED;
    }),
};

async function verified(
  store: ArchiveStore,
  { repair, progress }: { readonly repair: boolean; readonly progress: boolean },
): Promise<readonly ArchiveFault[]> {
  const { onProgress, stop } = await showVerifyProgress(progress);
  try {
    return await store.verify(repair, onProgress);
  } finally {
    stop();
  }
}

function summaryOf(faults: readonly ArchiveFault[], repair: boolean): string {
  const count = counted(faults.length, 'fault');
  if (!repair) return `${count}; --repair mends what can be mended and says what to add again`;
  const left = faults.filter((fault) => !fault.repaired).length;
  return left === 0
    ? `${count}, all mended`
    : `${count}, ${left} left: add again the images that are named, then rematch`;
}

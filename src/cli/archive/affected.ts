import { affectedImages } from '../../store/reports/affected-images.ts';
import { DIGEST_FORMATS } from '../../store/reports/render-affected.ts';
import { stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, filterOf, filterOptions, timeOf, withArchive } from './archive-arguments.ts';
import { hookOptions, writeDigest } from './write-digest.ts';

/** `plimsoll archive affected`: what changed for which images in a period, from the events. */
export const affected: Subcommand = {
  usage: 'affected',
  summary: 'what changed for which images since a time, by image or label',
  options: (argv) =>
    hookOptions(filterOptions(archiveOption(argv)))
      .option('since', { type: 'string', default: '24h', describe: '24h, 7d, or a time' })
      .option('until', { type: 'string', describe: 'a time (default now)' })
      .option('format', { choices: DIGEST_FORMATS, default: 'table', describe: 'what to write to stdout' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const now = new Date();
      const until = stringOf(args, 'until');
      const events = await store.events({
        since: timeOf(stringOf(args, 'since') ?? '24h', now),
        ...(until === undefined ? {} : { until: timeOf(until, now) }),
      });
      const images = await affectedImages(store, events, filterOf(args));
      await writeDigest(args, { from: null, to: (await store.current()) ?? null, images }, []);
      return 0;
    }),
};

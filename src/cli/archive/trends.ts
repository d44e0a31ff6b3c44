import { renderTrends, TREND_FORMATS } from '../../store/reports/render-trends.ts';
import { trends as computeTrends } from '../../store/reports/trends.ts';
import { stringOf } from '../arguments.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, filterOf, filterOptions, timeOf, withArchive } from './archive-arguments.ts';

export const trends: Subcommand = {
  usage: 'trends',
  summary: 'open, new and fixed findings by day, and how long fixes take',
  options: (argv) =>
    filterOptions(archiveOption(argv))
      .option('since', { type: 'string', default: '30d', describe: '30d, or a date' })
      .option('until', { type: 'string', describe: 'a date (default today)' })
      .option('by', {
        type: 'string',
        default: 'severity',
        describe: 'severity, image, or the name of a label, as team',
      })
      .option('format', { choices: TREND_FORMATS, default: 'table' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const now = new Date();
      const groups = await computeTrends(store, {
        since: timeOf(stringOf(args, 'since') ?? '30d', now),
        until: timeOf(stringOf(args, 'until') ?? now.toISOString(), now),
        by: stringOf(args, 'by') ?? 'severity',
        filter: filterOf(args),
      });
      const format = TREND_FORMATS.find((known) => known === args['format']) ?? 'table';
      process.stdout.write(renderTrends(groups, format));
      return 0;
    }),
};

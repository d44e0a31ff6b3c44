import type { Arguments } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { type AffectedImage, affectedImages, affectedPage, SHOWN } from '../../store/reports/affected-images.ts';
import { DIGEST_FORMATS } from '../../store/reports/render-affected.ts';
import { stringOf } from '../arguments.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, endOf, filterOf, filterOptions, timeOf, withArchive } from './archive-arguments.ts';
import { hookOptions, writeDigest } from './write-digest.ts';

/** `plimsoll archive affected`: what changed for which images in a period, from the events. */
export const affected: Subcommand = {
  usage: 'affected',
  summary: 'what changed for which images since a time, by image or label',
  options: (argv) =>
    hookOptions(filterOptions(archiveOption(argv)))
      .option('since', { type: 'string', default: '24h', describe: '24h, 7d, or a time' })
      .option('until', { type: 'string', describe: 'a time (default now)' })
      .option('limit', {
        type: 'number',
        default: SHOWN,
        describe: `most images to tell, by name; 0: JSON tells all, the others ${SHOWN}`,
      })
      .option('skip', { type: 'number', default: 0, describe: 'images to leave out at the start: the next page' })
      .option('format', { choices: DIGEST_FORMATS, default: 'table', describe: 'what to write to stdout' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const now = new Date();
      const until = stringOf(args, 'until');
      const events = await store.events({
        since: timeOf(stringOf(args, 'since') ?? '24h', now),
        ...(until === undefined ? {} : { until: endOf(until, now) }),
      });
      const [skip, limit, filter] = [countOf(args, 'skip'), countOf(args, 'limit'), filterOf(args)];
      const page = { skip, limit: limit || SHOWN };
      const { total, images } = await affectedPage(store, events, { filter, page });
      await writeDigest(args, {
        report: { from: null, to: (await store.current()) ?? null, images, total },
        pages: () => (limit === 0 ? without(affectedImages(store, events, filter), skip) : oneAt(images)),
        total,
        policies: [],
      });
      const all = limit === 0 && args['format'] === 'json';
      if (!all && skip + images.length < total)
        process.stderr.write(
          `${images.length} of ${counted(total, 'image')} told; --skip and --limit tell the others\n`,
        );
      return 0;
    }),
};

async function* oneAt(images: readonly AffectedImage[]): AsyncGenerator<readonly AffectedImage[]> {
  yield images;
}

/** The pages without the first images. */
async function* without(
  pages: AsyncIterable<readonly AffectedImage[]>,
  skip: number,
): AsyncGenerator<readonly AffectedImage[]> {
  let left = skip;
  for await (const images of pages) {
    yield images.slice(left);
    left = Math.max(0, left - images.length);
  }
}

/** A count of the command line. Throws PLM_USAGE. */
function countOf(args: Arguments, name: string): number {
  const count = args[name];
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw new PlimsollError('PLM_USAGE', `--${name} takes a count`);
}

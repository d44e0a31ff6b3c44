import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { expiredImages } from '../../store/retention.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, filterOf, filterOptions, timeOf, withArchive } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';

/** `plimsoll archive prune`: shows what would go; removes it only when told to. */
export const prune: Subcommand = {
  usage: 'prune',
  summary: 'remove images by age, label, name or number kept; shows them, and removes with --yes',
  options: (argv) =>
    jsonOption(filterOptions(archiveOption(argv)))
      .option('older-than', { type: 'string', describe: 'last seen before: 90d, or a date' })
      .option('keep-last', { type: 'number', describe: 'keep this many of each repository' })
      .option('yes', { type: 'boolean', describe: 'remove them; without it they are only listed' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const now = new Date();
      const olderThan = stringOf(args, 'older-than');
      const keepLast = args['keep-last'];
      if (keepLast !== undefined && (typeof keepLast !== 'number' || !Number.isInteger(keepLast) || keepLast < 0)) {
        throw new PlimsollError('PLM_USAGE', '--keep-last takes a whole number');
      }
      const { retired: _retired, ...scope } = filterOf(args);
      const isRule = olderThan !== undefined || keepLast !== undefined || flagOf(args, 'retired');
      const isNamed = scope.image !== undefined || Object.keys(scope.labels ?? {}).length > 0;
      if (!isRule && !isNamed) {
        throw new PlimsollError('PLM_USAGE', 'say what may go', {
          hint: '--older-than 90d, --keep-last 5, --retired, --label NAME=VALUE or --image NAME',
        });
      }
      const rule = {
        ...(olderThan === undefined ? {} : { seenBefore: timeOf(olderThan, now) }),
        ...(typeof keepLast === 'number' ? { keepLast } : {}),
        retiredOnly: flagOf(args, 'retired'),
      };
      const found = await store.images(scope);
      const images = isRule ? expiredImages(found, rule) : found;
      const removed = flagOf(args, 'yes');
      if (removed)
        await store.prune(
          images.map((image) => image.key),
          JSON.stringify({ ...rule, ...scope }),
          now.toISOString(),
        );
      if (args['format'] === 'json') writeJson({ removed, images: images.map(describeImage) });
      else {
        for (const image of images)
          process.stdout.write(
            `${removed ? 'removed' : 'would remove'} ${printable(`${image.names[0] ?? image.key} ${image.key}, last seen ${image.seenAt}`)}\n`,
          );
        process.stderr.write(
          `${counted(images.length, 'image')} ${removed ? 'removed' : 'would be removed; repeat with --yes'}\n`,
        );
      }
      return 0;
    }),
};

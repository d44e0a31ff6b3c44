import { DEFAULT_ECOSYSTEMS, FEED_ADDRESSES, type FeedName } from '../../bundle/fetch/feed-addresses.ts';
import { fetchFeeds } from '../../bundle/fetch/fetch-feeds.ts';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { required } from './db-arguments.ts';

const FEEDS: readonly FeedName[] = ['osv', 'kev', 'epss', 'endoflife'];

/** `plimsoll db fetch`: the public feeds, on the connected side. */
export const fetchAction: Subcommand = {
  usage: 'fetch',
  summary: 'download the public feeds (connected side; opens sockets)',
  options: (argv) =>
    argv
      .option('out', { type: 'string', describe: 'folder for the feeds' })
      .option('ecosystem', {
        type: 'string',
        array: true,
        describe: `OSV export, repeatable (default ${DEFAULT_ECOSYSTEMS.length} of them)`,
      })
      .option('only', { type: 'string', array: true, choices: FEEDS, describe: 'fetch only this feed, repeatable' })
      .option('osv-url', { type: 'string', default: FEED_ADDRESSES.osv, describe: 'base address of the OSV exports' })
      .option('kev-url', { type: 'string', default: FEED_ADDRESSES.kev, describe: 'address of the KEV JSON' })
      .option('epss-url', { type: 'string', default: FEED_ADDRESSES.epss, describe: 'address of the EPSS CSV' })
      .option('endoflife-url', {
        type: 'string',
        default: FEED_ADDRESSES.endoflife,
        describe: 'base address of end-of-life dates',
      }),
  async run(args) {
    const only = stringsOf(args, 'only');
    const ecosystems = stringsOf(args, 'ecosystem');
    const addressOf = (feed: FeedName) => httpAddress(stringOf(args, `${feed}-url`) ?? FEED_ADDRESSES[feed]);
    await fetchFeeds({
      out: required(args, 'out'),
      ecosystems: ecosystems.length === 0 ? DEFAULT_ECOSYSTEMS : ecosystems,
      feeds: FEEDS.filter((feed) => only.length === 0 || only.includes(feed)),
      addresses: {
        osv: addressOf('osv'),
        kev: addressOf('kev'),
        epss: addressOf('epss'),
        endoflife: addressOf('endoflife'),
      },
      now: Date.now(),
      onFile: (name, { status, size, sha256 }) =>
        process.stderr.write(`${printable(name)}: ${status}, ${counted(size, 'byte')}, sha256 ${sha256}\n`),
    });
    return 0;
  },
};

function httpAddress(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text.replace(/\/+$/, '');
  throw new PlimsollError('PLM_USAGE', `"${text}" is no http or https address`);
}

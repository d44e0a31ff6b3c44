import { join } from 'node:path';
import { PlimsollError } from '../../errors.ts';
import type { Advisory } from '../../model/advisory.ts';
import type { BundleSource, Section } from '../advisory-bundle.ts';
import { readCaptureDates } from '../feeds/capture-dates.ts';
import { readEndOfLifeFeed } from '../feeds/end-of-life-feed.ts';
import { readEpssFeed } from '../feeds/epss-feed.ts';
import { type SourceReport, SourceTally } from '../feeds/feed-report.ts';
import { readJsonFeed, readTextFeed } from '../feeds/json-file.ts';
import { readKevFeed } from '../feeds/kev-feed.ts';
import { osvEcosystems, readOsvFeed } from '../feeds/osv-feed.ts';
import { encodeEndOfLife } from '../sections/end-of-life.ts';
import { encodeEpss } from '../sections/epss.ts';
import { encodeKev } from '../sections/kev.ts';
import type { FileSystem } from '../store/file-system.ts';

export interface FeedReading {
  readonly sections: readonly Section[];
  readonly sources: readonly BundleSource[];
  readonly report: readonly SourceReport[];
}

export interface FeedRequest {
  readonly fs: FileSystem;
  readonly feeds: string;
  readonly builtAt: string;
  readonly onAdvisory: (advisory: Advisory) => void;
}

/** Streams every feed of a folder: advisories to the callback, the small feeds into sections. Throws PLM_FEED_INVALID. */
export function readFeeds(request: FeedRequest): FeedReading {
  const tallies = readAdvisories(request);
  if (tallies.every((tally) => tally.records === 0)) {
    throw new PlimsollError('PLM_FEED_INVALID', 'there is no advisory to build from', {
      path: request.feeds,
      hint: 'the folder must hold osv/<Ecosystem>/all.zip, as plimsoll db fetch writes it',
    });
  }
  const small = [readKev(request), readEpss(request), readEndOfLife(request)].filter((read) => read !== undefined);
  const dates = readCaptureDates(request.fs, request.feeds);
  const all = [...tallies, ...small.map((read) => read.tally)].filter((tally) => tally.records > 0);
  return {
    sections: small.filter((read) => read.tally.records > 0).map((read) => read.section),
    sources: all.map((tally) => bundleSource(tally, dates, request.builtAt)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    report: [...tallies, ...small.map((read) => read.tally)].map((tally) => tally.report()),
  };
}

function readAdvisories({ fs, feeds, onAdvisory }: FeedRequest): readonly SourceTally[] {
  const seen = new Map<string, string>();
  return osvEcosystems(fs, feeds).map((ecosystem) => {
    const tally = new SourceTally(`osv/${ecosystem}`);
    for (const advisory of readOsvFeed(fs, join(feeds, 'osv', ecosystem), { tally, seen })) onAdvisory(advisory);
    return tally;
  });
}

interface SmallFeed {
  readonly tally: SourceTally;
  readonly section: Section;
}

function readKev({ fs, feeds }: FeedRequest): SmallFeed | undefined {
  const feed = readJsonFeed(fs, join(feeds, 'kev.json'));
  if (feed === undefined) return undefined;
  const tally = new SourceTally('kev');
  return { tally, section: { type: 'kev', key: '', bytes: encodeKev(readKevFeed(feed, tally)) } };
}

function readEpss({ fs, feeds }: FeedRequest): SmallFeed | undefined {
  const path = ['epss.csv.gz', 'epss.csv'].map((name) => join(feeds, name)).find((name) => fs.existsSync(name));
  if (path === undefined) return undefined;
  const tally = new SourceTally('epss');
  return { tally, section: { type: 'epss', key: '', bytes: encodeEpss(readEpssFeed(readTextFeed(fs, path), tally)) } };
}

function readEndOfLife({ fs, feeds }: FeedRequest): SmallFeed | undefined {
  const feed = readJsonFeed(fs, join(feeds, 'endoflife.json'));
  if (feed === undefined) return undefined;
  const tally = new SourceTally('endoflife');
  return { tally, section: { type: 'endoflife', key: '', bytes: encodeEndOfLife(readEndOfLifeFeed(feed, tally)) } };
}

/** A source without a stated capture date is as old as its newest record, and never newer than the build. */
function bundleSource(tally: SourceTally, dates: ReadonlyMap<string, string>, builtAt: string): BundleSource {
  const newest = tally.newest !== '' && tally.newest < builtAt ? tally.newest : builtAt;
  return { id: tally.id, capturedAt: dates.get(tally.id) ?? newest, records: tally.records };
}

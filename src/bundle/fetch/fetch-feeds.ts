import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRecord, parseJson, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { documentTime } from '../document.ts';
import { type Downloaded, type DownloadOutcome, download } from './download.ts';
import { END_OF_LIFE_PRODUCTS, type FeedName } from './feed-addresses.ts';

const GIB = 1024 ** 3;

export interface FetchRequest {
  /** Folder to fill in the layout that `db build --feeds` reads. */
  readonly out: string;
  readonly ecosystems: readonly string[];
  readonly feeds: readonly FeedName[];
  /** Mirrors in the place of the public addresses. */
  readonly addresses: Readonly<Record<FeedName, string>>;
  readonly products?: readonly string[];
  readonly now: number;
  readonly onFile?: (name: string, outcome: DownloadOutcome) => void;
}

/** A file to fetch, and the source of the bundle it belongs to. */
interface Wanted {
  readonly source: string;
  readonly name: string;
  readonly url: string;
}

/**
 * Downloads the feeds of a build, one file after the other. `sources.json` then says when each was captured (its
 * Last-Modified, else now) and `fetched.json` from where, with its digest and ETag, so that the next run asks only for
 * what changed. Throws PLM_FETCH_FAILED; what was complete before is kept.
 */
export async function fetchFeeds(request: FetchRequest): Promise<void> {
  const known = readFetched(request.out);
  for (const wanted of wantedFiles(request)) {
    const path = join(request.out, wanted.name);
    mkdirSync(dirname(path), { recursive: true });
    const outcome = await download({ url: wanted.url, path, known: matching(known, wanted), mostBytes: 2 * GIB });
    // an answer that is none is not recorded: the next run asks for it again
    if (wanted.source === 'endoflife') readProduct(path, wanted.url);
    const { status: _, ...downloaded } = outcome;
    known.set(wanted.name, { ...downloaded, source: wanted.source, capturedAt: capturedAt(outcome, request.now) });
    writeRecords(request.out, known);
    request.onFile?.(wanted.name, outcome);
  }
  if (request.feeds.includes('endoflife')) joinEndOfLife(request);
}

function wantedFiles({
  ecosystems,
  feeds,
  addresses,
  products = END_OF_LIFE_PRODUCTS,
}: FetchRequest): readonly Wanted[] {
  const wanted: Wanted[] = [];
  if (feeds.includes('osv')) {
    for (const ecosystem of ecosystems) {
      if (!/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/.test(ecosystem))
        throw new PlimsollError('PLM_USAGE', `"${ecosystem}" is no ecosystem`);
      const url = `${addresses.osv}/${encodeURIComponent(ecosystem)}/all.zip`;
      wanted.push({ source: `osv/${ecosystem}`, name: `osv/${ecosystem}/all.zip`, url });
    }
  }
  if (feeds.includes('kev')) wanted.push({ source: 'kev', name: 'kev.json', url: addresses.kev });
  if (feeds.includes('epss')) wanted.push({ source: 'epss', name: 'epss.csv.gz', url: addresses.epss });
  if (feeds.includes('endoflife')) {
    for (const product of products) {
      wanted.push({
        source: 'endoflife',
        name: `endoflife/${product}.json`,
        url: `${addresses.endoflife}/${product}.json`,
      });
    }
  }
  return wanted;
}

interface Fetched extends Downloaded {
  readonly source: string;
  readonly capturedAt: string;
}

function matching(known: ReadonlyMap<string, Fetched>, wanted: Wanted): Fetched | undefined {
  const fetched = known.get(wanted.name);
  return fetched?.url === wanted.url ? fetched : undefined;
}

function capturedAt({ lastModified }: Downloaded, now: number): string {
  const stated = Date.parse(lastModified ?? '');
  return documentTime(Number.isNaN(stated) || stated > now ? now : stated);
}

function readFetched(out: string): Map<string, Fetched> {
  const path = join(out, 'fetched.json');
  const known = new Map<string, Fetched>();
  if (!existsSync(path)) return known;
  // without a record everything is asked for anew
  const document = parseJson(readFileSync(path, 'utf8'), DEFAULT_LIMITS.jsonDepth);
  for (const [name, entry] of Object.entries(isRecord(document) ? document : {})) {
    const fetched = isRecord(entry) ? parseFetched(entry) : undefined;
    if (fetched !== undefined) known.set(name, fetched);
  }
  return known;
}

function parseFetched(entry: Readonly<Record<string, unknown>>): Fetched | undefined {
  const [url, sha256, source, captured] = ['url', 'sha256', 'source', 'capturedAt'].map((name) =>
    textField(entry, name),
  );
  const size = entry['size'];
  if (url === undefined || sha256 === undefined || source === undefined || captured === undefined) return undefined;
  if (typeof size !== 'number') return undefined;
  const etag = textField(entry, 'etag');
  const lastModified = textField(entry, 'lastModified');
  return {
    url,
    sha256,
    source,
    capturedAt: captured,
    size,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function writeRecords(out: string, fetched: ReadonlyMap<string, Fetched>): void {
  const sources: Record<string, string> = {};
  for (const { source, capturedAt: captured } of fetched.values()) {
    const before = sources[source];
    sources[source] = before === undefined || captured > before ? captured : before;
  }
  writeJson(join(out, 'fetched.json'), Object.fromEntries([...fetched].sort(([a], [b]) => (a < b ? -1 : 1))));
  writeJson(join(out, 'sources.json'), { sources });
}

function joinEndOfLife({ out, products = END_OF_LIFE_PRODUCTS, addresses }: FetchRequest): void {
  const joined = products.map((product) => {
    const path = join(out, 'endoflife', `${product}.json`);
    return [product, readProduct(path, `${addresses.endoflife}/${product}.json`)];
  });
  writeJson(join(out, 'endoflife.json'), Object.fromEntries(joined));
}

function readProduct(path: string, url: string): unknown {
  const value = parseJson(readFileSync(path, 'utf8'), DEFAULT_LIMITS.jsonDepth);
  if (value !== undefined) return value;
  throw new PlimsollError('PLM_FETCH_FAILED', `${url} answered something else than JSON`, {
    path,
    hint: 'look into the file; name another mirror with --endoflife-url',
  });
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 1)}\n`);
  renameSync(`${path}.new`, path);
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadOutcome } from '../../../src/bundle/fetch/download.ts';
import type { FeedName } from '../../../src/bundle/fetch/feed-addresses.ts';
import { fetchFeeds } from '../../../src/bundle/fetch/fetch-feeds.ts';
import { PlimsollError } from '../../../src/errors.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const BYTES = Buffer.from('0123456789'.repeat(5000));
const ETAG = '"v1"';
let answer: Answer;
let asked: string[];
let folder: string;
let server: ReturnType<typeof createServer>;

beforeEach(async () => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-fetch-'));
  server = createServer((request, response) => {
    asked.push(
      [request.url, request.headers.range, request.headers['if-none-match']]
        .filter((part) => part !== undefined)
        .join(' '),
    );
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A server that keeps versions and answers ranges. */
const versioned: Answer = (request, response) => {
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  if (request.headers['if-none-match'] === ETAG) response.writeHead(304).end();
  else if (from !== undefined && request.headers['if-range'] === ETAG) {
    response
      .writeHead(206, { etag: ETAG, 'content-length': BYTES.length - Number(from) })
      .end(BYTES.subarray(Number(from)));
  } else
    response
      .writeHead(200, { etag: ETAG, 'content-length': BYTES.length, 'last-modified': 'Sat, 21 Nov 2026 01:02:03 GMT' })
      .end(BYTES);
};

async function fetchNpm(feed: FeedName = 'osv'): Promise<DownloadOutcome[]> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const base = `http://127.0.0.1:${address.port}`;
  const outcomes: DownloadOutcome[] = [];
  await fetchFeeds({
    out: folder,
    ecosystems: ['npm'],
    feeds: [feed],
    products: ['debian'],
    addresses: { osv: base, kev: base, epss: base, endoflife: base },
    now: Date.parse('2026-11-22T00:00:00Z'),
    onFile: (_, outcome) => outcomes.push(outcome),
  });
  return outcomes;
}

async function failure(feed?: FeedName): Promise<string> {
  const error: unknown = await fetchNpm(feed).catch((cause: unknown) => cause);
  return error instanceof PlimsollError ? error.code : String(error);
}

function fetched(): Buffer {
  return readFileSync(join(folder, 'osv', 'npm', 'all.zip'));
}

describe('fetch', () => {
  it('joins the products of end-of-life data', async () => {
    answer = (_, response) => response.writeHead(200, { etag: ETAG }).end('[{"cycle":"12"}]');
    await fetchNpm('endoflife');
    expect(JSON.parse(readFileSync(join(folder, 'endoflife.json'), 'utf8'))).toEqual({ debian: [{ cycle: '12' }] });
  });

  it('refuses a page in the place of end-of-life data, and asks for it again the next time', async () => {
    answer = (_, response) => response.writeHead(200, { etag: ETAG }).end('<html>sign in</html>');
    expect(await failure('endoflife')).toBe('PLM_FETCH_FAILED');
    answer = (_, response) => response.writeHead(200, { etag: ETAG }).end('[]');
    expect((await fetchNpm('endoflife')).map((outcome) => outcome.status)).toEqual(['fetched']);
    expect(asked).toEqual(['/debian.json', '/debian.json']);
  });

  it('fetches all anew where its record is damaged', async () => {
    answer = versioned;
    await fetchNpm();
    writeFileSync(join(folder, 'fetched.json'), '{"osv/npm');
    expect((await fetchNpm()).map((outcome) => outcome.status)).toEqual(['fetched']);
  });

  it('downloads a feed and records its date, digest and version', async () => {
    answer = versioned;
    const [outcome] = await fetchNpm();
    expect(outcome?.status).toBe('fetched');
    expect(fetched()).toEqual(BYTES);
    expect(JSON.parse(readFileSync(join(folder, 'sources.json'), 'utf8'))).toEqual({
      sources: { 'osv/npm': '2026-11-21T01:02:03Z' },
    });
    const record = JSON.parse(readFileSync(join(folder, 'fetched.json'), 'utf8'))['osv/npm/all.zip'];
    expect([record.etag, record.size, record.sha256]).toEqual([
      ETAG,
      BYTES.length,
      createHash('sha256').update(BYTES).digest('hex'),
    ]);
  });

  it('asks only for what changed', async () => {
    answer = versioned;
    await fetchNpm();
    expect((await fetchNpm()).map((outcome) => outcome.status)).toEqual(['unchanged']);
    expect(asked).toEqual(['/npm/all.zip', '/npm/all.zip "v1"']);
  });

  it('resumes after a broken connection with the bytes of the same version', async () => {
    let first = true;
    answer = (request, response) => {
      if (!first) return versioned(request, response);
      first = false;
      response.writeHead(200, { etag: ETAG, 'content-length': BYTES.length });
      response.write(BYTES.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
    };
    await fetchNpm();
    expect(fetched()).toEqual(BYTES);
    expect(asked[1]).toMatch(/^\/npm\/all\.zip bytes=\d+-$/);
  });

  it('starts again when the version changed meanwhile', async () => {
    mkdirSync(join(folder, 'osv', 'npm'), { recursive: true });
    writeFileSync(join(folder, 'osv', 'npm', 'all.zip.part'), 'old bytes');
    writeFileSync(join(folder, 'osv', 'npm', 'all.zip.part.etag'), '"v0"');
    answer = versioned;
    await fetchNpm();
    expect(fetched()).toEqual(BYTES);
    expect(existsSync(join(folder, 'osv', 'npm', 'all.zip.part'))).toBe(false);
  });

  it('gives up on a refusal at once, on a busy server after three attempts, and keeps what it had', async () => {
    answer = versioned;
    await fetchNpm();
    answer = (_, response) => response.writeHead(403).end();
    expect(await failure()).toBe('PLM_FETCH_FAILED');
    expect(asked).toEqual(['/npm/all.zip', '/npm/all.zip "v1"']);
    asked = [];
    answer = (_, response) => response.writeHead(503).end();
    expect(await failure()).toBe('PLM_FETCH_FAILED');
    expect(asked).toEqual(['/npm/all.zip "v1"', '/npm/all.zip "v1"', '/npm/all.zip "v1"']);
    expect(fetched()).toEqual(BYTES);
  });

  it('never takes a short answer for a whole one', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length });
      response.write(BYTES.subarray(0, 100), () => response.destroy());
    };
    expect(await failure()).toBe('PLM_FETCH_FAILED');
    expect(existsSync(join(folder, 'osv', 'npm', 'all.zip'))).toBe(false);
  });
});

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { readVersion, versionFile, writeVersion } from './part-version.ts';

/** What is known of a file from its last download. */
export interface Downloaded {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256: string;
  readonly size: number;
}

export interface DownloadRequest {
  readonly url: string;
  readonly path: string;
  /** What an earlier run recorded: asked for again only if it changed. */
  readonly known: Downloaded | undefined;
  readonly mostBytes: number;
  readonly attempts?: number;
}

export interface DownloadOutcome extends Downloaded {
  readonly status: 'fetched' | 'unchanged';
}

/** An answer this late means that nobody answers. */
const ANSWER_TIMEOUT = 60_000;

/**
 * Downloads a file, resuming what an earlier attempt left in `<path>.part`. A server that names no version (ETag) is asked
 * from the beginning, since half of one version and half of another would look whole. Throws PLM_FETCH_FAILED.
 */
export async function download(request: DownloadRequest): Promise<DownloadOutcome> {
  const attempts = request.attempts ?? 3;
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryDownload(request);
    } catch (cause) {
      if (attempt < attempts && isPassing(cause)) continue;
      if (cause instanceof PlimsollError) throw cause;
      const reason = cause instanceof Error ? (systemErrorCode(cause.cause) ?? cause.message) : String(cause);
      throw new PlimsollError('PLM_FETCH_FAILED', `the download of ${request.url} failed: ${reason}`, {
        path: request.path,
        cause,
      });
    }
  }
}

/** Broken connections and busy servers pass; refusals do not. */
function isPassing(cause: unknown): boolean {
  return !(cause instanceof PlimsollError) || (cause instanceof Refusal && cause.status >= 500);
}

class Refusal extends PlimsollError {
  readonly status: number;

  constructor(url: string, status: number) {
    super('PLM_FETCH_FAILED', `${url} answered ${status}`);
    this.status = status;
  }
}

async function tryDownload(request: DownloadRequest): Promise<DownloadOutcome> {
  const { url, path, known } = request;
  const part = `${path}.part`;
  const version = existsSync(part) ? readVersion(part) : undefined;
  const from = version === undefined ? 0 : statSync(part).size;
  const response = await fetch(url, {
    headers: headersFor(request, version, from),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT),
  });
  if (response.status === 304 && known !== undefined) {
    await response.body?.cancel();
    return { ...known, status: 'unchanged' };
  }
  if (response.status !== 200 && response.status !== 206) {
    await response.body?.cancel();
    if (response.status === 416) rmSync(part, { force: true });
    throw new Refusal(url, response.status === 416 ? 503 : response.status);
  }
  await receive(request, response, response.status === 206 ? from : 0);
  const downloaded = await finish(request, response);
  return { ...downloaded, status: 'fetched' };
}

function headersFor({ path, known }: DownloadRequest, version: string | undefined, from: number): Headers {
  const headers = new Headers({ 'accept-encoding': 'identity', 'user-agent': 'plimsoll' });
  if (version !== undefined && from > 0) {
    headers.set('range', `bytes=${from}-`);
    headers.set('if-range', version);
  } else if (known !== undefined && existsSync(path)) {
    if (known.etag !== undefined) headers.set('if-none-match', known.etag);
    else if (known.lastModified !== undefined) headers.set('if-modified-since', known.lastModified);
  }
  return headers;
}

async function receive({ url, path, mostBytes }: DownloadRequest, response: Response, from: number): Promise<void> {
  const part = `${path}.part`;
  const etag = response.headers.get('etag');
  writeVersion(part, etag !== null && !etag.startsWith('W/') ? etag : undefined);
  if (response.body === null) throw new PlimsollError('PLM_FETCH_FAILED', `${url} answered without content`);
  let received = from;
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      received += chunk.length;
      if (received > mostBytes)
        throw new PlimsollError('PLM_FETCH_FAILED', `${url} sends more than ${mostBytes} bytes`);
      yield chunk;
    }
  }
  await pipeline(response.body, counted, createWriteStream(part, { flags: from > 0 ? 'a' : 'w' }));
  const expected = expectedLength(response, from);
  if (expected !== undefined && received !== expected) throw new Error(`${received} of ${expected} bytes came`);
}

function expectedLength(response: Response, from: number): number | undefined {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length) + from;
}

async function finish({ url, path }: DownloadRequest, response: Response): Promise<Downloaded> {
  const part = `${path}.part`;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(part)) hash.update(chunk);
  const size = statSync(part).size;
  renameSync(part, path);
  rmSync(versionFile(part), { force: true });
  const etag = response.headers.get('etag');
  const lastModified = response.headers.get('last-modified');
  return {
    url,
    ...(etag === null ? {} : { etag }),
    ...(lastModified === null ? {} : { lastModified }),
    sha256: hash.digest('hex'),
    size,
  };
}

import { truncateSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../src/bytes/content-hash.ts';
import { PlimsollError } from '../../src/errors.ts';
import type { LayerSource } from '../../src/image/opened-image.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { indexLayer } from '../../src/layers/index-layer.ts';
import type { LayerConsumer } from '../../src/layers/layer-consumer.ts';
import { ENTRY_KIND, entryPath, type LayerIndex } from '../../src/layers/layer-index.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import { sha256Digest } from '../../src/model/digest.ts';
import { type LayerLiteral, layerTar, sha256Hex, temporaryFolder } from '../support/image-builder.ts';
import { tar, tarFile, tarHeader } from '../support/tar-builder.ts';

interface IndexOptions {
  readonly decodeHere?: boolean;
  readonly consumer?: LayerConsumer;
  readonly limits?: Partial<Limits>;
  readonly source?: Partial<LayerSource>;
}

async function index(stored: Uint8Array, options: IndexOptions = {}): Promise<LayerIndex> {
  using folder = temporaryFolder();
  // bytes around the layer: only its own range may be read
  const file = folder.write('archive', Buffer.concat([Buffer.from('before'), stored, Buffer.from('behind')]));
  const source: LayerSource = {
    index: 0,
    key: 'k',
    kind: 'blob',
    file,
    offset: 6,
    size: stored.length,
    ...options.source,
  };
  return await indexLayer(source, {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    captureRoom: createCaptureRoom(),
    ...(options.consumer === undefined ? {} : { consumer: options.consumer }),
    ...(options.decodeHere === undefined ? {} : { decodeHere: options.decodeHere }),
  });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof PlimsollError ? error.code : String(error);
  }
}

/** Takes every file whole, and every block with its spans. */
function collector(wants: (path: string) => 'yes' | 'no' | 'ask' = () => 'yes') {
  const files = new Map<string, string>();
  const heads: string[] = [];
  const tooLarge: string[] = [];
  const streamed = new Map<string, string>();
  let bytes = 0;
  const consumer: LayerConsumer = {
    wants: (file) => wants(file.path),
    wantsHead: (file, head) => {
      heads.push(`${file.path} ${head.length}`);
      return head[0] === 0x23;
    },
    file: (file, content) => files.set(file.path, Buffer.from(content).toString('latin1')),
    tooLarge: (file) => tooLarge.push(file.path),
    block: (block, spans) => {
      bytes += block.bytes.length;
      for (const span of spans) {
        if (span.kind !== 'content') continue;
        const text = Buffer.from(block.bytes.subarray(span.start, span.end)).toString('latin1');
        expect(span.offset).toBe((streamed.get(span.path) ?? '').length);
        streamed.set(span.path, (streamed.get(span.path) ?? '') + text);
      }
    },
  };
  return { consumer, files, heads, tooLarge, streamed, bytes: () => bytes };
}

const LAYER: LayerLiteral = {
  '/etc/': '',
  '/etc/a': '#!first',
  '/bin/tool': { content: 'x'.repeat(700_000), mode: 0o4755, capability: Uint8Array.of(1) },
  '/etc/link': { symlink: 'a' },
  '/.wh.gone': '',
  '/empty': '',
};

describe('a layer', () => {
  it.each([
    ['plain', 'none', (bytes: Buffer) => bytes],
    ['gzip', 'gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', 'zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
    [
      'gzip in members',
      'gzip',
      (bytes: Buffer) => Buffer.concat([gzipSync(bytes.subarray(0, 700)), gzipSync(bytes.subarray(700))]),
    ],
    ['gzip that its reader decodes', 'gzip', (bytes: Buffer) => gzipSync(bytes), true],
  ])('is indexed the same from %s', async (_name, compression, pack, decodeHere = false) => {
    const plain = layerTar(LAYER);
    const stored = pack(plain);
    const layer = await index(stored, { decodeHere });
    expect(layer).toMatchObject({
      digest: sha256Digest(sha256Hex(stored)),
      diffId: sha256Digest(sha256Hex(plain)),
      size: stored.length,
      uncompressedSize: plain.length,
      compression,
      problems: [],
    });
    const { entries } = layer;
    const rows = Array.from({ length: entries.count }, (_, row) => [
      entryPath(entries, row),
      entries.kind[row],
      entries.mode[row],
      entries.size[row],
    ]);
    expect(rows).toEqual([
      ['/etc', ENTRY_KIND.directory, 0o755, 0],
      ['/etc/a', ENTRY_KIND.file, 0o644, 7],
      ['/bin/tool', ENTRY_KIND.file, 0o4755, 700_000],
      ['/etc/link', ENTRY_KIND.symlink, 0o777, 0],
      ['/gone', ENTRY_KIND.whiteout, 0, 0],
      ['/empty', ENTRY_KIND.file, 0o644, 0],
    ]);
    expect([...entries.links]).toEqual([[3, 'a']]);
    expect([...entries.capabilities].map(([row, value]) => [row, ...value])).toEqual([[2, 1]]);
  });

  it('hashes the content of every file, also across blocks', async () => {
    const { entries } = await index(layerTar(LAYER));
    const hash = (row: number): bigint =>
      (BigInt(entries.contentHash[row * 2 + 1] ?? 0) << 32n) | BigInt(entries.contentHash[row * 2] ?? 0);
    expect([1, 2, 5].map(hash)).toEqual(
      ['#!first', 'x'.repeat(700_000), ''].map((text) => contentHash(Buffer.from(text))),
    );
  });

  it('says where content starts in the uncompressed tar', async () => {
    const plain = layerTar(LAYER);
    const { entries } = await index(gzipSync(plain));
    expect(entries.contentOffset[1]).toBe(plain.indexOf('#!first'));
  });
});

describe('the consumer', () => {
  it('gets wanted files whole and every byte of every file in blocks', async () => {
    const { consumer, files, streamed, bytes } = collector();
    const plain = layerTar(LAYER);
    await index(gzipSync(plain), { consumer });
    expect([...files].map(([path, text]) => [path, text.length])).toEqual([
      ['/etc/a', 7],
      ['/bin/tool', 700_000],
      ['/empty', 0],
    ]);
    expect([...streamed].map(([path, text]) => [path, text.length])).toEqual([
      ['/etc/a', 7],
      ['/bin/tool', 700_000],
    ]);
    expect(bytes()).toBe(plain.length);
  });

  it('is asked with the head, and gets what it then wants', async () => {
    const { consumer, files, heads } = collector(() => 'ask');
    await index(layerTar(LAYER), { consumer });
    expect(heads).toEqual(['/etc/a 7', '/bin/tool 512', '/empty 0']);
    expect([...files.keys()]).toEqual(['/etc/a']);
  });

  it('is told of files above the capture limit', async () => {
    const { consumer, tooLarge } = collector((path) => (path === '/bin/tool' ? 'yes' : 'no'));
    await index(layerTar(LAYER), { consumer, limits: { capturedFileBytes: 1000 } });
    expect(tooLarge).toEqual(['/bin/tool']);
  });

  it('gets large and small files by turns, each whole', async () => {
    const { consumer, files } = collector();
    const content = Buffer.alloc(17 * 1024 * 1024, 'plimsoll');
    const sizes = [600_000, content.length, 300_000, 900_000, content.length - 1, content.length, 700_000];
    const members = sizes.map((size, place) => tarFile(`${place}`, content.subarray(content.length - size)));
    await index(tar(...members), { consumer });
    expect([...files]).toEqual(
      sizes.map((size, place) => [`/${place}`, content.toString('latin1', content.length - size)]),
    );
  });
});

describe('a layer that is not what it should be', () => {
  const good = gzipSync(layerTar(LAYER));

  it.each<readonly [string, string, Uint8Array, IndexOptions]>([
    ['another digest', 'PLM_BLOB_DIGEST', good, { source: { digest: sha256Digest('0'.repeat(64)) } }],
    ['another diffID', 'PLM_LAYER_DIFFID', good, { source: { diffId: sha256Digest('0'.repeat(64)) } }],
    ['a cut stream', 'PLM_LAYER_DAMAGED', good.subarray(0, -40), {}],
    [
      'a cut stream of another digest',
      'PLM_BLOB_DIGEST',
      good.subarray(0, -40),
      { source: { digest: sha256Digest(sha256Hex(good)) } },
    ],
    ['junk', 'PLM_LAYER_DAMAGED', Buffer.alloc(5000, 'junk'), {}],
    ['gzip in gzip', 'PLM_LAYER_DAMAGED', gzipSync(good), {}],
    ['too many entries', 'PLM_LIMIT', good, { limits: { layerEntries: 3 } }],
    ['too many bytes', 'PLM_LIMIT', good, { limits: { layerBytes: 1000 } }],
    ['too little for so much', 'PLM_LIMIT', good, { limits: { ratioFloorBytes: 1000, compressionRatio: 10 } }],
    ['a file that ends early', 'PLM_INPUT_TRUNCATED', good, { source: { size: good.length + 100 } }],
    ['no file', 'PLM_INPUT_UNREADABLE', good, { source: { file: '/nonexistent/layer' } }],
  ])('is refused: %s', async (_name, code, stored, options) => {
    expect(await codeOf(index(stored, options))).toBe(code);
  });

  it.each([
    ['no bytes', Buffer.alloc(0), ['PLM_LAYER_EMPTY']],
    ['an empty gzip stream', gzipSync(''), []],
    ['no end blocks', tarFile('a', 'x'), []],
    ['bytes behind its end', Buffer.concat([tar(tarFile('a', 'x')), tarFile('hidden', 'y')]), ['PLM_LAYER_TRAILING']],
    ['an unknown entry type', tar(tarHeader({ name: 'v', type: 'Z' })), ['PLM_TAR_TYPE']],
    ['names outside the root', tar(tarFile('../../etc/passwd', 'x')), ['PLM_TAR_PATH']],
  ])('is read with a word about it: %s', async (_name, stored, codes) => {
    expect((await index(stored)).problems.map((problem) => problem.code)).toEqual(codes);
  });

  it('names twenty problems of a kind and counts the rest', async () => {
    const { problems } = await index(tar(...Array.from({ length: 30 }, (_, at) => tarFile(`../${at}`, ''))));
    expect([problems.length, problems.at(-1)?.detail]).toEqual([21, '10 more of the same kind in this layer']);
  });
});

describe('a folder', () => {
  it('is read but for files that are nearly all holes', async () => {
    using folder = temporaryFolder();
    folder.write('root/a', Buffer.from('hello'));
    truncateSync(folder.write('root/lastlog', Buffer.from('x')), 10_000_000);
    const source = { index: 0, key: 'k', kind: 'directory' as const, file: `${folder.path}/root`, offset: 0, size: 0 };
    const { consumer, files } = collector();
    const limits = { ...DEFAULT_LIMITS, ratioFloorBytes: 1_000_000 };
    const { problems } = await indexLayer(source, { limits, consumer });
    expect([...files]).toEqual([['/a', 'hello']]);
    expect(problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/lastlog',
        detail: 'nearly all of it is holes, more than would be read in reasonable time; its content was not looked at',
      },
    ]);
  });
});

import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexLayer } from '../../src/layers/index-layer.ts';
import { ENTRY_KIND } from '../../src/layers/layer-index.ts';
import { readContent, readContents } from '../../src/layers/read-content.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import { temporaryFolder } from '../support/image-builder.ts';
import { padded, paxHeader, paxRecord, tar, tarFile } from '../support/tar-builder.ts';

const SPARSE = Buffer.concat([
  paxHeader(
    Buffer.concat([
      paxRecord('GNU.sparse.major', '1'),
      paxRecord('GNU.sparse.minor', '0'),
      paxRecord('GNU.sparse.name', 'holes'),
      paxRecord('GNU.sparse.realsize', '70000'),
    ]),
  ),
  tarFile('GNUSparseFile.0/holes', Buffer.concat([padded('2\n2\n3\n69998\n1\n'), Buffer.from('abcd')])),
]);
const HOLE = Buffer.concat([
  paxHeader(
    Buffer.concat([
      paxRecord('GNU.sparse.name', 'hole'),
      paxRecord('GNU.sparse.size', '10'),
      paxRecord('GNU.sparse.map', '10,0'),
    ]),
  ),
  tarFile('GNUSparseFile.0/hole', ''),
]);
const LAYER = tar(tarFile('before', 'x'), SPARSE, tarFile('empty', ''), tarFile('after', 'plain text'), HOLE);

async function indexed(folder: ReturnType<typeof temporaryFolder>, limits: Limits = DEFAULT_LIMITS) {
  const file = folder.write('layer.tar', LAYER);
  const source = { index: 0, key: file, kind: 'blob' as const, file, offset: 0, size: LAYER.length };
  return { source, index: await indexLayer(source, { limits }) };
}

async function contents(limits: Limits = DEFAULT_LIMITS): Promise<Buffer[]> {
  using folder = temporaryFolder();
  const { source, index } = await indexed(folder, limits);
  const read: Buffer[] = [];
  for (let entry = 0; entry < index.entries.count; entry += 1) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readContent(source, index, { entry, limits })) chunks.push(chunk);
    read.push(Buffer.concat(chunks));
  }
  return read;
}

describe('readContent', () => {
  it('gives the bytes of plain, empty and sparse files, holes as zeros', async () => {
    const holes = Buffer.alloc(70_000);
    holes.write('abc', 2);
    holes.write('d', 69_998);
    expect(await contents()).toEqual([
      Buffer.from('x'),
      holes,
      Buffer.from(''),
      Buffer.from('plain text'),
      Buffer.alloc(10),
    ]);
  });

  it.each([
    ['is larger with its holes than a layer may be', { layerBytes: 60_000 }],
    ['stores more than may be held', { capturedFileBytes: 500 }],
  ])('refuses a sparse file that %s', async (_, limits) => {
    await expect(contents({ ...DEFAULT_LIMITS, ...limits })).rejects.toMatchObject({ code: 'PLM_LIMIT' });
  });
});

describe('readContents', () => {
  it('gives the files asked for in the order of the layer, in one reading', async () => {
    using folder = temporaryFolder();
    const { source, index } = await indexed(folder);
    const read: [number, string, boolean][] = [];
    for await (const { entry, bytes, isLast } of readContents(source, index, {
      entries: [3, 0, 2],
      limits: DEFAULT_LIMITS,
    }))
      read.push([entry, Buffer.from(bytes).toString(), isLast]);
    expect(read).toEqual([
      [0, 'x', true],
      [2, '', true],
      [3, 'plain text', true],
    ]);
  });

  it.each<[string, Partial<Limits>, number]>([
    ['is larger with its holes than all may be', {}, 69_999],
    ['stores more than may be held', { capturedFileBytes: 500 }, 70_000],
  ])('passes over a sparse file that %s, where that is asked for', async (_, limits, bytes) => {
    using folder = temporaryFolder();
    const { source, index } = await indexed(folder);
    const [read, unreadable]: [number[], string[]] = [[], []];
    for await (const { entry, isLast } of readContents(source, index, {
      entries: [0, 1, 3],
      limits: { ...DEFAULT_LIMITS, ...limits },
      holes: { bytes },
      onUnreadable: ({ code }) => unreadable.push(code),
    }))
      if (isLast) read.push(entry);
    expect([read, unreadable]).toEqual([[0, 3], ['PLM_LIMIT']]);
  });

  it('passes over a file of a folder that is gone, where that is asked for', async () => {
    using folder = temporaryFolder();
    const gone = folder.write('a', Buffer.from('x'));
    folder.write('b', Buffer.from('y'));
    const source = { index: 0, key: folder.path, kind: 'directory' as const, file: folder.path, offset: 0, size: 0 };
    const index = await indexLayer(source, { limits: DEFAULT_LIMITS });
    rmSync(gone);
    const entries = Array.from({ length: index.entries.count }, (__, entry) => entry).filter(
      (entry) => index.entries.kind[entry] === ENTRY_KIND.file,
    );
    const [read, unreadable]: [string[], string[]] = [[], []];
    for await (const { bytes } of readContents(source, index, {
      entries,
      limits: DEFAULT_LIMITS,
      onUnreadable: ({ code }) => unreadable.push(code),
    }))
      read.push(Buffer.from(bytes).toString());
    expect([read.join(''), unreadable]).toEqual(['y', ['PLM_INPUT_UNREADABLE']]);
  });
});

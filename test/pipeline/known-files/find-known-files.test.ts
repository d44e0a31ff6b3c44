import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../../src/analyze.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../../src/limits.ts';
import type { KnownFile } from '../../../src/model/analysis.ts';
import { parseHashLists } from '../../../src/pipeline/known-files/hash-list.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../../support/image-builder.ts';
import { paxHeader, paxRecord, tar, tarFile } from '../../support/tar-builder.ts';

const BAD = hash('sha256', 'worm');
const WORSE = hash('md5', 'x'.repeat(300_000));
const LIST = `${BAD} worm\n${WORSE} miner\n`;

async function find(
  layers: readonly (LayerLiteral | Uint8Array)[],
  limits: Limits = DEFAULT_LIMITS,
): Promise<{ readonly known: readonly KnownFile[] | undefined; readonly problems: readonly string[] }> {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers })));
  const { files, problems } = await analyzeImage(path, {
    limits,
    scanners: new Set(['file']),
    workers: 0,
    version: '1',
    knownBad: parseHashLists([{ path: 'bad.txt', text: LIST }]),
  });
  const told = problems.filter(({ code }) => code === 'PLM_LIMIT' || code === 'PLM_FILES_UNVERIFIED');
  return { known: files.known, problems: told.map(({ detail }) => detail) };
}

const worm = { algorithm: 'sha256', digest: BAD, name: 'worm' };

describe('known bad files', () => {
  it('are found in every layer, hidden ones too, whatever they are called and however large', async () => {
    const found = await find([
      { '/tmp/x': 'worm', '/opt/big': 'x'.repeat(300_000), '/ok': 'fine' },
      { '/tmp/.wh.x': '', '/usr/bin/ls': 'worm', '/usr/bin/dir': { hardLink: '/usr/bin/ls' } },
    ]);
    expect(found).toEqual({
      known: [
        { path: '/opt/big', layer: 0, state: 'present', algorithm: 'md5', digest: WORSE, name: 'miner' },
        { path: '/tmp/x', layer: 0, state: 'deleted', removedIn: 1, ...worm },
        { path: '/usr/bin/dir', layer: 1, state: 'present', ...worm },
        { path: '/usr/bin/ls', layer: 1, state: 'present', ...worm },
      ],
      problems: [],
    });
  });

  it('are told by every name that hard links give them', async () => {
    const { known } = await find([
      { '/tmp/x': 'worm', '/bin/a': { hardLink: '/tmp/x' } },
      { '/bin/b': { hardLink: '/bin/a' }, '/tmp/.wh.x': '' },
      { '/bin/a': 'fine', '/bin/c': { hardLink: '/bin/a' }, '/bin/d': { hardLink: '/bin/b' } },
    ]);
    expect(known).toEqual([
      { path: '/bin/a', layer: 0, state: 'overwritten', removedIn: 2, ...worm },
      { path: '/bin/b', layer: 1, state: 'present', ...worm },
      { path: '/bin/d', layer: 2, state: 'present', ...worm },
      { path: '/tmp/x', layer: 0, state: 'deleted', removedIn: 1, ...worm },
    ]);
  });

  it('are none where no file is listed', async () => {
    expect(await find([{ '/a': 'fine' }])).toEqual({ known: [], problems: [] });
  });

  it('are looked for beside sparse files that are larger than all may be', async () => {
    const hole = Buffer.concat([paxRecord('GNU.sparse.size', '3000'), paxRecord('GNU.sparse.map', '0,0')]);
    const layer = tar(paxHeader(hole), tarFile('a', ''), paxHeader(hole), tarFile('b', ''), tarFile('c', 'worm'));
    expect(await find([layer], withLimits({ ratioFloorBytes: 5000 }))).toEqual({
      known: [{ path: '/c', layer: 0, state: 'present', ...worm }],
      problems: [
        'a sparse file is 3000 bytes with its holes: known bad files were not looked for among 1 file of this layer',
      ],
    });
  });

  it('end where a report lists no more', async () => {
    const found = await find([{ '/a': 'worm', '/b': 'worm' }], withLimits({ listedFiles: 1 }));
    expect(found).toEqual({
      known: [{ path: '/a', layer: 0, state: 'present', ...worm }],
      problems: ['1 more file in files.known than a report lists: they are not named there'],
    });
  });
});

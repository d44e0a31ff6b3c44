import { expect, it } from 'vitest';
import { analyzeWithFiles } from '../../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import type { ImageDiff } from '../../../src/model/image-diff.ts';
import { composeDiff } from '../../../src/pipeline/diff/compose-diff.ts';
import { isSame } from '../../../src/pipeline/diff/is-same.ts';
import { pairFindings } from '../../../src/pipeline/diff/paired-findings.ts';
import { SCANNERS } from '../../../src/pipeline/scanner.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../../support/image-builder.ts';

/** Made up: the shape of an access key, none was ever issued. */
const KEY = 'AKIAZ5GMXQ6LB2NCTY7D';

async function compare(...layers: readonly LayerLiteral[]): Promise<ImageDiff> {
  using folder = temporaryFolder();
  const options = { limits: DEFAULT_LIMITS, scanners: new Set(SCANNERS), workers: 0, version: '0' };
  const sides = layers.map(async (layer, index) => {
    const location = folder.write(`${index}.tar`, archive(ociLayout({ layers: [layer], tag: `app:${index}` })));
    const { analysis, files } = await analyzeWithFiles(location, options);
    return { location: `${index}.tar`, analysis, files };
  });
  const [before, after] = await Promise.all(sides);
  if (before === undefined || after === undefined) throw new Error('no sides');
  const judged = { version: '0', history: false, policy: { verdict: 'pass', gates: [] } } as const;
  return composeDiff(before, after, { pairs: pairFindings(before.analysis, after.analysis), options: judged });
}

it('shows no secret that stands in a path', async () => {
  const diff = await compare({ '/srv/open.txt': 'a' }, { '/srv/open.txt': 'a', [`/srv/${KEY}.txt`]: 'plain' });
  expect(diff.files).toEqual([{ path: '/srv/***.txt', change: 'added', type: 'file', sizeAfter: 5, layerAfter: 0 }]);
  expect(JSON.stringify(diff)).not.toContain(KEY);
});

it('finds nothing in an image and itself, and says what it could not look at', async () => {
  const layer = { '/app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}' };
  const diff = await compare(layer, layer);
  expect([isSame(diff), diff.notCompared]).toEqual([
    true,
    [{ part: 'vulnerabilities', why: 'no advisory database was used on either side' }],
  ]);
});

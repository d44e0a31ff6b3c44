import { describe, expect, it } from 'vitest';
import { openImage } from '../../src/image/open-image.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { analyzeLayer } from '../../src/pool/analyze-layer.ts';
import { archive, type ImageLiteral, type LayerLiteral, ociLayout, temporaryFolder } from '../support/image-builder.ts';

/** Packages by the files that name them, the files whose fate matters, and problems. */
async function finds(
  layer: LayerLiteral,
  { limits = DEFAULT_LIMITS, ...image }: Partial<ImageLiteral> & { limits?: Limits } = {},
) {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ ...image, layers: [layer] })));
  const opened = await openImage(path, { limits });
  try {
    const [source] = opened.layers;
    if (source === undefined) throw new Error('no layer');
    const task = { source, captureRoom: createCaptureRoom(), decodeHere: false, progress: new SharedArrayBuffer(8) };
    const { detections } = await analyzeLayer(task, { settings: { limits, packages: true, secrets: true } });
    return {
      packages: detections.packages.map(({ draft, evidence }) => `${draft.name} ${draft.version} ${evidence}`),
      visited: detections.visited.filter((file) => file.path !== CACHED),
      problems: detections.problems.map((problem) => `${problem.path} ${problem.code}`),
    };
  } finally {
    await opened.close();
  }
}

const MANIFEST = JSON.stringify({ name: 'harbour', version: '1.2.3' });
const CACHED = '/root/.bun/install/cache/harbour@1.2.3@@@1/package.json';
const INSTALLED = '/usr/src/app/node_modules/harbour/package.json';

describe('hard links', () => {
  it.each(['none', 'gzip', 'zstd'] as const)('name what was linked from a store, compression %s', async (compression) =>
    expect(await finds({ [CACHED]: MANIFEST, [INSTALLED]: { hardLink: CACHED } }, { compression })).toEqual({
      packages: [`harbour 1.2.3 ${INSTALLED}`],
      visited: [{ path: INSTALLED, entry: 1 }],
      problems: [],
    }),
  );

  it('name a package again that the file of the bytes names: either may be removed', async () => {
    const copy = '/srv/old/node_modules/harbour/package.json';
    expect(await finds({ [copy]: MANIFEST, [INSTALLED]: { hardLink: copy } })).toEqual({
      packages: [`harbour 1.2.3 ${copy}`, `harbour 1.2.3 ${INSTALLED}`],
      visited: [
        { path: copy, entry: 0 },
        { path: INSTALLED, entry: 1 },
      ],
      problems: [],
    });
  });

  it('are not followed where they lead nowhere or come before their file', async () => {
    const nothing = { packages: [], visited: [], problems: [] };
    expect(await finds({ [INSTALLED]: { hardLink: '/nowhere' } })).toEqual(nothing);
    expect(await finds({ [INSTALLED]: { hardLink: CACHED }, [CACHED]: MANIFEST })).toEqual(nothing);
  });

  it('are not followed to more bytes than a manifest has', async () => {
    const large = `${MANIFEST}${' '.repeat(1024 * 1024)}`;
    expect(await finds({ [CACHED]: large, [INSTALLED]: { hardLink: CACHED } })).toEqual({
      packages: [],
      visited: [],
      problems: [],
    });
  });

  it('are followed as far as the limit for one member of an archive allows, and the rest is told', async () => {
    const links = ['a', 'b', 'c'].map((name) => [`/${name}/node_modules/x/package.json`, { hardLink: CACHED }]);
    const limits = withLimits({ nestedMemberBytes: MANIFEST.length * 2 });
    expect(await finds({ [CACHED]: MANIFEST, ...Object.fromEntries(links) }, { limits })).toEqual({
      packages: ['harbour 1.2.3 /a/node_modules/x/package.json', 'harbour 1.2.3 /b/node_modules/x/package.json'],
      visited: [
        { path: '/a/node_modules/x/package.json', entry: 1 },
        { path: '/b/node_modules/x/package.json', entry: 2 },
      ],
      problems: ['/c/node_modules/x/package.json PLM_LIMIT'],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../support/image-builder.ts';

/** Every package of an image of these layers: name, version, state, path. */
async function packagesOf(...layers: readonly LayerLiteral[]): Promise<readonly string[]> {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers })));
  const options = { limits: DEFAULT_LIMITS, scanners: new Set(['vuln'] as const), workers: 0, version: '1' };
  const { packages } = await analyzeImage(path, options);
  return packages.map(({ id, state, locations: [{ path: at }] }) => `${id} ${state} ${at}`);
}

const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0' });
const WORKSPACE = {
  '/app/package.json': manifest('app'),
  '/app/packages/a/package.json': manifest('@shop/a'),
  '/app/packages/b/package.json': manifest('b'),
};
const METADATA = '/cache/archive-v0/XF7agWMm/flask-3.0.0.dist-info/METADATA';
const INSTALLED = '/app/.venv/lib/python3.12/site-packages/flask-3.0.0.dist-info/METADATA';

describe('a package that lies where nothing is installed', () => {
  it('is listed where npm linked its folder: of a workspace, or in any other place', async () => {
    const links = {
      '/app/node_modules/@shop/a': { symlink: '../../packages/a' },
      '/usr/lib/node_modules/b': { symlink: '/app/packages/b' },
    };
    expect(await packagesOf(WORKSPACE, links)).toEqual([
      'pkg:npm/b@1.0.0 present /app/packages/b/package.json',
      'pkg:npm/%40shop/a@1.0.0 present /app/packages/a/package.json',
    ]);
  });

  it('is not listed without a link, or by one that leads elsewhere or is gone', async () => {
    const elsewhere = {
      '/app/node_modules/x': { symlink: '../lib' },
      '/srv/a': { symlink: '/app/packages/a' },
      '/app/node_modules/.pnpm/node_modules/b': { symlink: '../../../packages/b' },
    };
    expect(await packagesOf({ ...WORKSPACE, ...elsewhere })).toEqual([]);
    const linked = { ...WORKSPACE, '/app/node_modules/b': { symlink: '../packages/b' } };
    expect(await packagesOf(linked, { '/app/node_modules/.wh.b': '' })).toEqual([]);
  });

  it('is listed where uv linked its metadata', async () => {
    const cache = { [METADATA]: 'Name: flask\nVersion: 3.0.0\n' };
    expect(await packagesOf(cache)).toEqual([]);
    expect(await packagesOf({ ...cache, [INSTALLED]: { symlink: METADATA } })).toEqual([
      `pkg:pypi/flask@3.0.0 present ${METADATA}`,
    ]);
  });
});

import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../support/image-builder.ts';

/** Made up: the shape of an access key, never issued. */
const SETTINGS = 'aws_access_key_id = AKIAZ5GMXQ6LB2NCTY7D\n';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

/** Path, layer and state of every secret of an image of these layers. */
async function secretsOf(...layers: readonly LayerLiteral[]): Promise<readonly unknown[]> {
  const path = `${folder.path}/image.tar`;
  writeFileSync(path, archive(ociLayout({ layers })));
  const analysis = await analyzeImage(path, {
    limits: DEFAULT_LIMITS,
    scanners: new Set(['secret']),
    workers: 0,
    version: '1',
  });
  return analysis.secrets.map(({ path: at, layer, state, removedIn }) => [at, layer, state, removedIn]);
}

describe('a secret in a file with hard links', () => {
  const linked = { '/a/.env': SETTINGS, '/b/.env': { hardLink: '/a/.env' } };

  it('is told once while all are there', async () => {
    expect(await secretsOf(linked)).toEqual([['/a/.env', 0, 'present', undefined]]);
  });

  it('is present under the link that is left', async () => {
    expect(await secretsOf(linked, { '/a/.wh..env': '' })).toEqual([['/b/.env', 0, 'present', undefined]]);
  });

  it('is present under a link of a later layer', async () => {
    const layers = [{ '/a/.env': SETTINGS }, { '/c/.env': { hardLink: '/a/.env' } }, { '/.wh.a': '' }];
    expect(await secretsOf(...layers)).toEqual([['/c/.env', 0, 'present', undefined]]);
  });

  it('is deleted once the last one is', async () => {
    expect(await secretsOf(linked, { '/a/.wh..env': '' }, { '/.wh.b': '' })).toEqual([['/a/.env', 0, 'deleted', 1]]);
  });
});

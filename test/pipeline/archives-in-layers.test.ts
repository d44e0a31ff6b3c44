import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { openImage } from '../../src/image/open-image.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { SCANNERS } from '../../src/pipeline/scanner.ts';
import type { LayerResult } from '../../src/pool/analyze-layer.ts';
import { openPool } from '../../src/pool/open-pool.ts';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';

const ARCHIVES = 48;
/** Made up: the shape of an access key, never issued. */
const KEY = 'AKIAZ5GMXQ6LB2NCTY7D';

/** Bytes that no codec makes smaller. */
function noise(seed: number, blocks: number): Buffer {
  return Buffer.concat(Array.from({ length: blocks }, (_, block) => hash(`${seed}/${block}`)));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function zipOf(name: string, seed: number, blocks: number): Uint8Array {
  return zipSync({
    [`node_modules/${name}/package.json`]: Buffer.from(JSON.stringify({ name, version: `1.0.${seed}` })),
    'noise.bin': noise(seed, blocks),
    'settings.ini': Buffer.from(`aws_access_key_id = ${KEY}\n`),
  });
}

const LAYERS = [
  {
    ...Object.fromEntries(
      Array.from({ length: ARCHIVES }, (_, seed) => [`srv/${seed}.zip`, zipOf(`part${seed}`, seed, 4096)]),
    ),
    'srv/small.zip': zipOf('small', 99, 1),
  },
  { 'srv/.wh.small.zip': '', 'srv/.wh.7.zip': '' },
];

const folder = temporaryFolder();
const path = `${folder.path}/image.tar`;
beforeAll(() => writeFileSync(path, archive(ociLayout({ layers: LAYERS }))));
afterAll(() => folder[Symbol.dispose]());

/** Packages, files and secrets of all layers, read by a pool of so many threads. */
async function read(workers: number): Promise<readonly LayerResult[]> {
  const image = await openImage(path, { limits: DEFAULT_LIMITS });
  const pool = await openPool({ workers, settings: { limits: DEFAULT_LIMITS, packages: true, secrets: true } });
  const shared = { captureRoom: createCaptureRoom(), decodeHere: false, progress: new SharedArrayBuffer(8) };
  try {
    return await Promise.all(image.layers.map((source) => pool.analyzeLayer({ ...shared, source })));
  } finally {
    await pool.close();
    await image.close();
  }
}

describe('archives in a layer', () => {
  it('share the fate of the file they are, large or small', async () => {
    const options = { limits: DEFAULT_LIMITS, scanners: new Set(SCANNERS), workers: 0, version: '0' };
    const { packages, secrets } = await analyzeImage(path, options);
    const gone = packages.filter((item) => item.state === 'deleted').map((item) => item.name);
    expect(gone).toEqual(['part7', 'small']);
    expect(secrets.filter((secret) => secret.state === 'deleted').map((secret) => secret.path)).toEqual([
      '/srv/7.zip!/settings.ini',
      '/srv/small.zip!/settings.ini',
    ]);
    const left = Array.from({ length: ARCHIVES }, (_, seed) => `/srv/${seed}.zip!/settings.ini`);
    expect(secrets.filter((secret) => secret.state === 'present').map((secret) => secret.path)).toEqual(
      left.filter((name) => name !== '/srv/7.zip!/settings.ini').sort(),
    );
  });

  it.each([2, 3])('read the same with %i threads as with one', async (workers) => {
    expect(await read(workers)).toEqual(await read(0));
  });
});

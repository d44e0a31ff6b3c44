import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_CONFIG, sampleLayers } from '../../scripts/sample/contents.ts';
import { writeOciArchive } from '../../scripts/sample/oci-archive.ts';
import { PlimsollError } from '../../src/errors.ts';
import { openImage } from '../../src/image/open-image.ts';
import type { OpenedImage } from '../../src/image/opened-image.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { LayerTask } from '../../src/pool/analyze-layer.ts';
import { openPool } from '../../src/pool/open-pool.ts';
import type { Pool } from '../../src/pool/pool.ts';

let folder = '';
let image: OpenedImage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-pool-'));
  const path = join(folder, 'sample.tar');
  writeFileSync(path, await writeOciArchive('sample', sampleLayers(), SAMPLE_CONFIG));
  image = await openImage(path, { limits: DEFAULT_LIMITS });
});

afterAll(async () => {
  await image.close();
  rmSync(folder, { recursive: true });
});

function tasks(): readonly LayerTask[] {
  const common = {
    captureRoom: createCaptureRoom(),
    progress: new SharedArrayBuffer(8),
  };
  return image.layers.map((source, index) => ({ ...common, source, decodeHere: index % 2 === 0 }));
}

async function usePool<T>(workers: number, run: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = await openPool({ workers, settings: { limits: DEFAULT_LIMITS, packages: true, secrets: true } });
  try {
    return await run(pool);
  } finally {
    await pool.close();
  }
}

describe.each([
  ['one thread', 1],
  ['two threads', 2],
])('%s pool', (_name, workers) => {
  it('finds the packages of every layer', async () => {
    const results = await usePool(workers, (pool) => Promise.all(tasks().map((task) => pool.analyzeLayer(task))));
    expect(
      results.map(({ detections }) => detections.packages.map(({ draft }) => `${draft.name} ${draft.version}`).sort()),
    ).toEqual([
      ['base-files 12.4+deb12u5', 'liblzma5 5.4.1-0.2', 'libssl3 3.0.11-1~deb12u1', 'zlib1g 1:1.2.13.dfsg-1'],
      [
        'base-files 12.4+deb12u5',
        'curl 7.88.1-10+deb12u1',
        'gcc-12 12.2.0-14',
        'liblzma5 5.4.1-0.2',
        'libssl3 3.0.11-1~deb12u1',
        'openssl 3.0.11-1~deb12u1',
        'python3-minimal 3.11.2-1+b1',
        'sudo 1.9.13p3-1+deb12u1',
        'zlib1g 1:1.2.13.dfsg-1',
      ],
      ['express 4.17.1', 'lodash 4.17.15', 'minimist 1.2.0', 'ua-parser-js 0.7.29'],
      ['commons-text 1.9', 'harbour 1.4.0', 'log4j-core 2.14.1', 'spring-beans 5.3.17'],
      [],
      ['Django 3.2.12', 'Jinja2 2.11.2', 'PyYAML 5.3'],
      [
        'base-files 12.4+deb12u5',
        'curl 7.88.1-10+deb12u1',
        'liblzma5 5.4.1-0.2',
        'libssl3 3.0.11-1~deb12u1',
        'openssl 3.0.11-1~deb12u1',
        'python3-minimal 3.11.2-1+b1',
        'sudo 1.9.13p3-1+deb12u1',
        'zlib1g 1:1.2.13.dfsg-1',
      ],
      ['lodash 4.17.21'],
    ]);
  });

  it('verifies what it reads', async () => {
    const results = await usePool(workers, (pool) => Promise.all(tasks().map((task) => pool.analyzeLayer(task))));
    expect(results.map(({ index }) => [index.digest, index.diffId])).toEqual(
      image.layers.map((layer) => [layer.digest, layer.diffId]),
    );
  });

  it('counts the stored bytes it reads', async () => {
    const work = tasks();
    await usePool(workers, (pool) => Promise.all(work.map((task) => pool.analyzeLayer(task))));
    const stored = image.layers.reduce((sum, layer) => sum + layer.size, 0);
    expect(work.map((task) => Number(new BigInt64Array(task.progress)[0]))).toEqual(work.map(() => stored));
  });

  it('passes errors on with code and path', async () => {
    const [task] = tasks();
    if (task === undefined) throw new Error('no layer');
    const wrong = { ...task, source: { ...task.source, digest: `sha256:${'0'.repeat(64)}` as const } };
    await expect(usePool(workers, (pool) => pool.analyzeLayer(wrong))).rejects.toMatchObject({
      constructor: PlimsollError,
      code: 'PLM_BLOB_DIGEST',
    });
  });

  it('can be closed twice', async () => {
    const pool = await openPool({ workers, settings: { limits: DEFAULT_LIMITS, packages: true, secrets: true } });
    await pool.close();
    await expect(pool.close()).resolves.toBeUndefined();
  });
});

/** The LZMA kernel, check included, on a tar of sources that the machine's `xz` packs: beside zlib on the same tar, and `xz` itself. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unxz } from '../src/archive-formats/xz.ts';
import { createLzmaDecoder } from '../src/wasm/lzma.ts';
import { leastCpu } from './measure.ts';
import { recordBench } from './record.ts';

const ROUNDS = 4;
const LIMIT = 1024 ** 3;
const SOURCES = ['fast-check', 'vitest', 'ajv', 'assemblyscript'];

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-lzma-'));
const tar = join(folder, 'sources.tar');
execFileSync('tar', ['cf', tar, '-C', join(import.meta.dirname, '..', 'node_modules'), ...SOURCES]);
execFileSync('sh', ['-c', 'xz -k -T1 -3 "$0"', tar]);
const packed = readFileSync(`${tar}.xz`);
const plain = readFileSync(tar);
const gzip = gzipSync(plain);

/** CPU milliseconds of a child, its start included, as the shell tells them last: `0m0.412s 0m0.020s`. */
function childCpuMs(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const told = execFileSync('sh', ['-c', 'xz -t "$0"; times', `${tar}.xz`], { encoding: 'utf8' });
    const times = [
      ...told
        .trimEnd()
        .split('\n')
        .slice(-1)
        .join('')
        .matchAll(/(\d+)m([\d.]+)s/g),
    ];
    best = Math.min(
      best,
      times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0),
    );
  }
  return best;
}

const decoder = createLzmaDecoder();
const budget = { take: () => undefined };
const kernel = leastCpu(ROUNDS, () => unxz(packed, { limit: LIMIT, budget, decoder }));
if (Buffer.compare(unxz(packed, { limit: LIMIT, budget, decoder }), plain) !== 0)
  throw new Error('other bytes than xz packed');
const zlib = leastCpu(ROUNDS, () => gunzipSync(gzip));
const xz = childCpuMs();
rmSync(folder, { recursive: true });

recordBench('lzma', {
  plainMegabytes: plain.length / 1e6,
  packedMegabytes: packed.length / 1e6,
  kernelMegabytesPerSecond: plain.length / 1000 / kernel,
  xzMegabytesPerSecond: plain.length / 1000 / xz,
  kernelOverXz: kernel / xz,
  kernelOverGunzip: kernel / zlib,
});

/**
 * Cost against size: twice the files, twice the bytes, and a layer of a million entries. Ratios near 2 are linear.
 * `node bench/layers-growth.bench.ts`
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { indexLayer } from '../src/layers/index-layer.ts';
import { squash } from '../src/layers/squash.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { TAR_END, tarFile } from '../test/support/tar-builder.ts';
import { recordBench } from './record.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));

function write(files: number, bytes: number): string {
  const content = Buffer.alloc(bytes, 'a line of text that repeats\n');
  const entries = Array.from({ length: files }, (_, at) => tarFile(`usr/${at % 100}/${at % 1000}/file-${at}`, content));
  const path = join(folder, `${files}-${bytes}`);
  writeFileSync(path, gzipSync(Buffer.concat([...entries, TAR_END]), { level: 1 }));
  return path;
}

/** The best of three readings, in milliseconds. */
async function measure(file: string, size: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    const source = { index: 0, key: file, kind: 'blob' as const, file, offset: 0, size };
    squash([await indexLayer(source, { limits: DEFAULT_LIMITS })]);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

async function time(files: number, bytes: number): Promise<number> {
  const file = write(files, bytes);
  return measure(file, statSync(file).size);
}

await time(1000, 100);
const files = [await time(50_000, 100), await time(100_000, 100)];
const bytes = [await time(1000, 100_000), await time(1000, 200_000)];
const million = await time(1_000_000, 0);
rmSync(folder, { recursive: true });
recordBench('layers growth', {
  filesMs: files[0] ?? 0,
  twiceFilesRatio: (files[1] ?? 0) / (files[0] ?? 1),
  bytesMs: bytes[0] ?? 0,
  twiceBytesRatio: (bytes[1] ?? 0) / (bytes[0] ?? 1),
  millionEntriesSeconds: million / 1000,
});

/**
 * Damages images without end and reads them: everything must end as an index with or without problems, or as a
 * PlimsollError. `node scripts/fuzz-layers.ts [seconds] [seed]`; prints the seed and keeps the input of a failure.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { PlimsollError } from '../src/errors.ts';
import { openImage } from '../src/image/open-image.ts';
import { reportFiles } from '../src/layers/file-report.ts';
import { indexLayer } from '../src/layers/index-layer.ts';
import { squash } from '../src/layers/squash.ts';
import { measureWaste } from '../src/layers/waste.ts';
import { withLimits } from '../src/limits.ts';
import { archive, dockerSave, type LayerLiteral, layerTar, ociLayout } from '../test/support/image-builder.ts';
import { seededPick } from '../test/support/seeded-random.ts';
import { seal } from '../test/support/tar-builder.ts';

const NAMES = ['a', 'b', '..', '.wh.a', '.wh..wh..opq', '.wh.', 'd/', 'n'.repeat(120), 'é'];

const [seconds = '60', seedText] = process.argv.slice(2);
const seed = Number(seedText ?? Date.now() % 2 ** 31);
const pick = seededPick(seed);
const limits = withLimits({ layerBytes: 64 * 1024 * 1024, ratioFloorBytes: 1024 * 1024 });
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-fuzz-'));
const end = performance.now() + Number(seconds) * 1000;
const outcomes = new Map<string, number>();
let rounds = 0;

console.log(`seed ${seed}`);
while (performance.now() < end) {
  rounds += 1;
  const image = mutateImage();
  const file = join(folder, 'image.tar');
  writeFileSync(file, image);
  const outcome = await read(file);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (outcome.startsWith('DEFECT')) {
    const kept = join(tmpdir(), `plimsoll-fuzz-${seed}-${rounds}.tar`);
    writeFileSync(kept, image);
    console.error(`${outcome}\nkept as ${kept}`);
    process.exitCode = 1;
    break;
  }
}
rmSync(folder, { recursive: true });
console.log(`${rounds} rounds`, Object.fromEntries([...outcomes].sort()));

async function read(file: string): Promise<string> {
  try {
    const image = await openImage(file, { limits });
    try {
      const layers = [];
      for (const source of image.layers)
        layers.push(await indexLayer(source, { limits, decodeHere: rounds % 2 === 0 }));
      const history = squash(layers);
      reportFiles(history, limits);
      measureWaste(history);
      for (const entry of history.view().entries()) history.view().resolve(entry.path);
      return image.problems.length + layers.flatMap((layer) => layer.problems).length > 0 ? 'problems' : 'sound';
    } finally {
      await image.close();
    }
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    return `DEFECT ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** An image whose layers, blobs or archive were damaged in a few places, with valid sums around the damage or not. */
function mutateImage(): Buffer {
  const layers = Array.from({ length: 1 + pick(3) }, () => {
    const tar = layerTar(anyLayer());
    if (pick(2) === 0) damage(tar);
    if (pick(3) === 0) seal(tar.subarray(0, 512));
    const packed = [tar, gzipSync(tar), zstdCompressSync(tar)][pick(3)] ?? tar;
    if (pick(4) === 0) damage(packed);
    return pick(6) === 0 ? packed.subarray(0, pick(packed.length)) : packed;
  });
  const literal = { layers, compression: 'none' as const, tag: 'fuzz:1' };
  const image = archive(pick(2) === 0 ? ociLayout(literal) : dockerSave(literal));
  if (pick(3) === 0) damage(image);
  return image;
}

function anyLayer(): LayerLiteral {
  const layer: Record<string, LayerLiteral[string]> = {};
  for (let count = pick(8); count > 0; count -= 1) {
    const path = Array.from({ length: 1 + pick(3) }, () => NAMES[pick(NAMES.length)]).join('/');
    layer[path] =
      [{ content: 'x'.repeat(pick(2000)) }, { symlink: `../${path}` }, { hardLink: path }, { symlink: '/a' }][
        pick(4)
      ] ?? '';
  }
  return layer;
}

function damage(bytes: Buffer): void {
  for (let count = 1 + pick(4); count > 0 && bytes.length > 0; count -= 1) {
    const at = pick(bytes.length);
    if (pick(3) === 0) bytes.copy(bytes, at, pick(bytes.length), Math.min(bytes.length, at + pick(600)));
    else bytes[at] = pick(256);
  }
}

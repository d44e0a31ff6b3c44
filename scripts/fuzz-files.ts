/**
 * Damages files that detectors read, alone and inside archives, without end: everything must end in finds or in problems
 * that name the coverage lost, soon, and never in a fault of the reader's own. `node scripts/fuzz-files.ts [seconds] [seed]`;
 * prints the seed and keeps the input of a failure.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { nestedBudget } from '../src/archive-formats/nested.ts';
import { withLimits } from '../src/limits.ts';
import { FileVisitor } from '../src/pool/file-visitor.ts';
import { SAMPLES } from '../test/detect/detector-samples.ts';
import { cpio } from '../test/support/cpio-builder.ts';
import { rpmPackage } from '../test/support/rpm-package-builder.ts';
import { seededPick } from '../test/support/seeded-random.ts';
import { tar, tarFile } from '../test/support/tar-builder.ts';
import { xzStream } from '../test/support/xz-builder.ts';

/** What breaks formats where it stands in place of something else. */
const TOKENS = [
  '\0',
  '\n',
  '"',
  '{',
  '[',
  '<',
  '-1',
  '1e309',
  '9007199254740993',
  '__proto__',
  '../',
  '\xff\xff\xff\xff',
];
/** Faults of a reader: a damaged file may only be refused. */
const FAULTS = /\((?:TypeError|RangeError|ReferenceError|AssertionError)\)$/;
const SLOW_MS = 5000;

const [seconds = '60', seedText] = process.argv.slice(2);
const seed = Number(seedText ?? Date.now() % 2 ** 31);
const pick = seededPick(seed);
const limits = withLimits({ nestedBytes: 64 * 1024 * 1024 });
const settings = { limits, packages: true, secrets: true };
const samples = Object.values(SAMPLES).map(({ path, content }) => ({ path, bytes: Buffer.from(content) }));
const end = performance.now() + Number(seconds) * 1000;
const outcomes = new Map<string, number>();
let rounds = 0;

console.log(`seed ${seed}`);
while (performance.now() < end) {
  rounds += 1;
  const file = anyFile();
  const outcome = visit(file);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (outcome.startsWith('DEFECT')) {
    const kept = join(tmpdir(), `plimsoll-fuzz-${seed}-${rounds}`);
    writeFileSync(kept, file.bytes);
    console.error(`${outcome}\n${file.path} kept as ${kept}`);
    process.exitCode = 1;
    break;
  }
}
console.log(`${rounds} rounds`, Object.fromEntries([...outcomes].sort()));

interface File {
  readonly path: string;
  readonly bytes: Buffer;
}

function visit(file: File): string {
  const start = performance.now();
  try {
    const visitor = new FileVisitor(settings, 0);
    const format = visitor.visitFile({ ...file, mode: 0o755, entry: 0 });
    if (format !== undefined) visitor.visitArchive(file, format, nestedBudget(limits.nestedBytes));
    const { problems, packages } = visitor.finish().detections;
    const fault = problems.find(({ detail }) => FAULTS.test(detail));
    if (fault !== undefined) return `DEFECT ${fault.detail}`;
    if (performance.now() - start > SLOW_MS) return `DEFECT took ${Math.round(performance.now() - start)} ms`;
    return problems.length > 0 ? 'problems' : packages.length > 0 ? 'packages' : 'nothing';
  } catch (error) {
    return `DEFECT ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** A damaged sample, as it is or in up to four archives, each damaged or not. */
function anyFile(): File {
  const { path, bytes } = samples[pick(samples.length)] ?? { path: '/a', bytes: Buffer.alloc(0) };
  let file: File = { path, bytes: pick(8) === 0 ? bytes : damaged(bytes) };
  for (let depth = pick(8) - 3; depth > 0; depth -= 1) {
    const packed = wrapped(file);
    file = pick(3) === 0 ? { ...packed, bytes: damaged(packed.bytes) } : packed;
  }
  return file;
}

function wrapped({ path, bytes }: File): File {
  const name = path.slice(1);
  switch (pick(6)) {
    case 0:
      return { path: '/srv/a.zip', bytes: Buffer.from(zipSync({ [name]: bytes })) };
    case 1:
      return { path: '/srv/a.tar', bytes: tar(tarFile(name.slice(0, 100), bytes)) };
    case 2:
      return { path: `/srv/${name.replaceAll('/', '-')}.gz`, bytes: gzipSync(bytes) };
    case 3:
      return { path: '/srv/a.tar.zst', bytes: zstdCompressSync(bytes) };
    case 4:
      return { path: '/srv/a.tar.xz', bytes: xzStream([bytes.subarray(0, 60_000)]) };
    default:
      return { path: '/srv/a.rpm', bytes: rpmPackage(cpio({ path: name, content: bytes.toString('latin1') })) };
  }
}

function damaged(bytes: Buffer): Buffer {
  let result = Buffer.from(bytes);
  for (let count = 1 + pick(4); count > 0 && result.length > 0; count -= 1) {
    const at = pick(result.length);
    const token = Buffer.from(TOKENS[pick(TOKENS.length)] ?? '', 'latin1');
    const slice = result.subarray(at, at + pick(200));
    const repeated = Array.from({ length: 1 + pick(300) }, () => slice);
    result = Buffer.concat(
      [
        [result.subarray(0, at), Buffer.of(pick(256)), result.subarray(at + 1)],
        [result.subarray(0, at), token, result.subarray(at + pick(token.length + 1))],
        [result.subarray(0, at), ...repeated, result.subarray(at)],
        [result.subarray(0, at)],
        [result.subarray(0, at), Buffer.of(0xff, 0xff, 0xff, 0x7f), result.subarray(at + 4)],
      ][pick(5)] ?? [],
    );
  }
  return result;
}

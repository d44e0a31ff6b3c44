/**
 * The inflate kernel against Node's zlib and fflate on members as jars have them, and against zlib's stream on a layer: CPU
 * time, garbage collections included. `node bench/inflate.bench.ts [LAYER.gz]`; without a file the layer is made of the members.
 */
import { readFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import { inflateSync } from 'fflate';
import { decompress } from '../src/archive-formats/compression.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { createInflater } from '../src/wasm/inflate.ts';
import { recordBench } from './record.ts';

const MEMBERS = 6000;
const ROUNDS = 5;

/** Text-like content whose size is spread as class files are: most below 16 KiB. */
function member(seed: number): Uint8Array {
  const words = ['java/lang/Object', 'append', '()V', 'LineNumberTable', 'org/example/Service', 'Code', '\0\x01\0\x07'];
  const size = 400 + ((seed * 7919) % 15_000);
  let text = '';
  for (let at = seed; text.length < size; at = (at * 1_103_515_245 + 12_345) % 2_147_483_648) {
    text += `${words[at % words.length]}${at % 97}`;
  }
  return Buffer.from(text.slice(0, size), 'latin1');
}

const members = Array.from({ length: MEMBERS }, (_, seed) => {
  const plain = member(seed + 1);
  return { packed: deflateRawSync(plain), size: plain.length };
});
const megabytes = members.reduce((sum, { size }) => sum + size, 0) / 1e6;
const inflater = createInflater(64 << 20);

let collections = 0;
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const detail: unknown = Reflect.get(entry, 'detail');
    const kind: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'kind') : undefined;
    if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) collections += 1;
  }
});
observer.observe({ entryTypes: ['gc'] });

/** CPU milliseconds and full collections of the fastest of some rounds. */
async function measure(
  decode: (packed: Uint8Array, size: number) => unknown,
): Promise<{ cpu: number; collections: number }> {
  let best = { cpu: Number.POSITIVE_INFINITY, collections: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    collections = 0;
    const start = process.cpuUsage();
    for (const { packed, size } of members) decode(packed, size);
    const { user, system } = process.cpuUsage(start);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const cpu = (user + system) / 1000;
    if (cpu < best.cpu) best = { cpu, collections };
  }
  return best;
}

const kernel = await measure((packed, size) => inflater.inflate(packed, size));
const zlib = await measure((packed, size) => inflateRawSync(packed, { maxOutputLength: size }));
const fflate = await measure((packed, size) => inflateSync(packed, { out: new Uint8Array(size) }));
observer.disconnect();

const [file] = process.argv.slice(2);
const layer =
  file === undefined
    ? gzipSync(Buffer.concat(Array.from({ length: 3000 }, (_, seed) => member(seed))))
    : readFileSync(file);
const PIECE = 256 * 1024;

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < layer.length; at += PIECE) yield layer.subarray(at, at + PIECE);
}

/** Megabytes a second of CPU time of the fastest of some rounds. */
async function streamRate(here: boolean): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    let bytes = 0;
    for await (const chunk of decompress('gzip', pieces(), { limits: DEFAULT_LIMITS, here })) bytes += chunk.length;
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, bytes / (user + system));
  }
  return Math.round(best);
}

const kernelStream = await streamRate(true);
const zlibStream = await streamRate(false);

const numbers = {
  members: MEMBERS,
  megabytes: Math.round(megabytes),
  kernelCpuMs: Math.round(kernel.cpu),
  zlibCpuMs: Math.round(zlib.cpu),
  fflateCpuMs: Math.round(fflate.cpu),
  zlibOverKernel: zlib.cpu / kernel.cpu,
  fflateOverKernel: fflate.cpu / kernel.cpu,
  kernelFullCollections: kernel.collections,
  zlibFullCollections: zlib.collections,
  kernelStreamMBs: kernelStream,
  zlibStreamMBs: zlibStream,
  kernelOverZlibStream: kernelStream / zlibStream,
};
recordBench('inflate', numbers);

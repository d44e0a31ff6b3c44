/** The inflate kernel against Node's zlib and fflate on members as jars have them: CPU time, garbage collections included. */
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { inflateSync } from 'fflate';
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
};
recordBench('inflate', numbers);

/**
 * Secrets: the anchor kernel over all rules against its TypeScript reference and against SHA-256, the whole scanner
 * on the same bytes, and the inputs an attacker would choose, as ratios to source text: `node bench/secrets.bench.ts`.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAhoCorasick } from '../src/bytes/aho-corasick.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { builtInRules } from '../src/secrets/built-in-scan.ts';
import { createSecretScanner } from '../src/secrets/stream-scanner.ts';
import { createMemoryAnchorSearch } from '../src/wasm/anchor-search.ts';
import { createMemory } from '../src/wasm/load.ts';
import { leastCpu } from './measure.ts';
import { recordBench } from './record.ts';

const BYTES = 16 * 1024 * 1024;
const BLOCK = 1024 * 1024;
const ROUNDS = 5;
const AT = 1024 * 1024;

const memory = createMemory(AT + BYTES + 65_536);
const rules = builtInRules();
const kernel = createMemoryAnchorSearch(memory, rules.literals);
const reference = createAhoCorasick(rules.literals);

/** Best of some rounds, in MB a second of CPU time: other work on the machine does not count. */
function rate(bytes: Uint8Array, work: (bytes: Uint8Array) => unknown, rounds = ROUNDS): number {
  return Math.round(bytes.length / (leastCpu(rounds, () => work(bytes)) * 1000));
}

function inMemory(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(memory.buffer, AT, BYTES);
  for (let at = 0; at < BYTES; at += content.length)
    bytes.set(content.subarray(0, Math.min(content.length, BYTES - at)), at);
  return bytes;
}

function streamed(bytes: Uint8Array): void {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS, memory });
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = new Uint8Array(memory.buffer, bytes.byteOffset + at, Math.min(BLOCK, bytes.length - at));
    const last = at + block.length === bytes.length;
    const span = {
      kind: 'content' as const,
      entry: 0,
      path: '/srv/app/file.js',
      start: 0,
      end: block.length,
      offset: at,
      last,
    };
    scanner.block({ bytes: block, memory, pointer: block.byteOffset }, [span]);
  }
  scanner.finish();
}

/** Scripts, data and documentation of installed packages: what most files of an application image are. */
function sourceText(): Uint8Array {
  const root = join(import.meta.dirname, '..', 'node_modules');
  const parts: Buffer[] = [];
  let length = 0;
  for (const folder of [
    'yargs',
    'yaml',
    'ajv',
    'fast-xml-parser',
    'typescript',
    'vitest',
    'fast-check',
    'better-sqlite3',
  ]) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:[cm]?js|ts|json|md)$/.test(name) || length > BYTES) continue;
      parts.push(readFileSync(join(root, folder, name)));
      length += parts.at(-1)?.length ?? 0;
    }
  }
  return Buffer.concat(parts);
}

createSecretScanner({ limits: DEFAULT_LIMITS, memory });
const numbers: Record<string, number> = { rules: rules.byId.size, literals: rules.literals.length };
const contents: readonly (readonly [string, () => Uint8Array])[] = [
  ['binary', () => readFileSync(process.execPath).subarray(0, BYTES)],
  ['text', sourceText],
];
for (const [name, content] of contents) {
  const bytes = inMemory(content());
  numbers[`kernel MB/s, ${name}`] = rate(bytes, (range) => kernel.search(range));
  numbers[`kernel over reference, ${name}`] =
    Math.round(((numbers[`kernel MB/s, ${name}`] ?? 0) / rate(bytes, (range) => reference.search(range), 1)) * 10) / 10;
  numbers[`scanner MB/s, ${name}`] = rate(bytes, streamed);
  numbers[`scanner time over SHA-256, ${name}`] =
    Math.round(
      (rate(bytes, (range) => createHash('sha256').update(range).digest()) / (numbers[`scanner MB/s, ${name}`] ?? 1)) *
        100,
    ) / 100;
}
const hostile: readonly (readonly [string, string])[] = [
  ['one anchor repeated', 'AKIA'],
  ['one word repeated', 'password'],
  ['one line', 'x'],
  ['a million anchors', 'ghp_ xoxb- glpat- '],
  ['assignments', 'password = "'],
  ['headers of keys', '-----BEGIN RSA PRIVATE KEY-----\n'],
  ['URLs', 'http://a:'],
  ['web tokens', 'eyJ.'],
  ['words side by side', 'key=token secret api_key '],
];
for (const [name, text] of hostile) {
  const bytes = inMemory(Buffer.from(text.repeat(Math.ceil(BLOCK / text.length)), 'latin1'));
  const speed = rate(bytes, streamed, 3);
  numbers[`time over text, ${name}`] = Math.round(((numbers['scanner MB/s, text'] ?? 0) / speed) * 100) / 100;
}
recordBench('secrets', numbers);

/**
 * The four swaps that today's scanners accept, tried on Plimsoll: an empty database, an older one, one dated in the future,
 * an edited one. Each is refused with its own code, and the database stays as it was.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildRequest, buildBundle } from '../src/bundle/build/build-bundle.ts';
import { encodeEnvelope } from '../src/bundle/container/envelope.ts';
import { containerParts, packSection, placeSections } from '../src/bundle/container/write-container.ts';
import { contentIdOf } from '../src/bundle/content-id.ts';
import { documentTime } from '../src/bundle/document.ts';
import { openStore } from '../src/bundle/open-bundle.ts';
import { encodeKev } from '../src/bundle/sections/kev.ts';
import { NODE_FILE_SYSTEM } from '../src/bundle/store/file-system.ts';
import { importBundle } from '../src/bundle/store/import-bundle.ts';
import { createRoot } from '../src/bundle/trust/create-root.ts';
import { releaseDocument } from '../src/bundle/trust/release.ts';
import { generateSigningKey, signDocument } from '../src/bundle/trust/signing-key.ts';
import { PlimsollError } from '../src/errors.ts';
import { CAPTURED, readFlaws, readStarterAdvisories, toOsv } from './starter-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-swaps-'));
const store = join(folder, 'db');
const rootKeys = [generateSigningKey()];
const releaseKey = generateSigningKey();
const now = Date.now();
const root = createRoot({
  authority: 'demo',
  channels: ['demo'],
  rootKeys,
  rootThreshold: 1,
  releaseKeys: [releaseKey.publicKey],
  releaseThreshold: 1,
  issued: documentTime(now),
  expires: documentTime(now + 365 * 86_400_000),
});

try {
  process.exitCode = run();
} finally {
  rmSync(folder, { recursive: true });
}

function run(): number {
  writeFeeds();
  const good = build({ sequence: 2, builtAt: now });
  console.log(`a good bundle, sequence 2: ${tryImport(good)}`);
  const before = openStore(store, { now }).bundle.info.contentId;
  const swaps: readonly (readonly [string, Buffer, string])[] = [
    ['an empty database, signed by the right key', emptyBundle(), 'PLM_BUNDLE_COUNTS'],
    ['an older database over a newer one', build({ sequence: 1, builtAt: now - 86_400_000 }), 'PLM_BUNDLE_ROLLBACK'],
    [
      'a database dated 2099, never stale',
      build({ sequence: 3, builtAt: Date.parse('2099-01-01T00:00:00Z') }),
      'PLM_BUNDLE_FUTURE',
    ],
    ['a database with one byte edited', edited(build({ sequence: 4, builtAt: now })), 'PLM_BUNDLE_DIGEST'],
  ];
  let failed = 0;
  for (const [what, bytes, expected] of swaps) {
    const result = tryImport(bytes);
    const isKept = openStore(store, { now }).bundle.info.contentId === before;
    const isRefused = result.startsWith(expected) && isKept;
    if (!isRefused) failed++;
    console.log(
      `${isRefused ? 'refused' : 'NOT REFUSED'}: ${what}\n    ${result}\n    database in use: ${isKept ? 'unchanged' : 'CHANGED'}`,
    );
  }
  console.log(failed === 0 ? 'all four swaps were refused' : `${failed} swaps went through`);
  return failed === 0 ? 0 : 1;
}

function writeFeeds(): void {
  const flaws = readFlaws();
  for (const advisory of readStarterAdvisories().filter(({ family }) => family === 'Maven' || family === 'npm')) {
    const base = join(folder, 'feeds', 'osv', advisory.family);
    mkdirSync(base, { recursive: true });
    writeFileSync(join(base, `${advisory.id}.json`), JSON.stringify(toOsv(advisory, flaws, `${CAPTURED}T00:00:00Z`)));
  }
}

function build(change: Pick<BuildRequest, 'sequence' | 'builtAt'>): Buffer {
  const feeds = join(folder, 'feeds');
  const request = { fs: NODE_FILE_SYSTEM, feeds, channel: 'demo', roots: [root], keys: [releaseKey], ...change };
  return Buffer.concat(buildBundle(request).parts);
}

function emptyBundle(): Buffer {
  const packed = [packSection({ type: 'kev', key: '', bytes: encodeKev([]) })];
  const release = releaseDocument({
    channel: 'demo',
    epoch: 1,
    sequence: 9,
    kind: 'full',
    builtAt: documentTime(now),
    staleAfter: documentTime(now),
    rootVersion: 1,
    minimumReader: 1,
    critical: [],
    starter: false,
    contentId: contentIdOf(packed),
    sources: [],
    counts: new Map(),
    dropAllowed: ['*'],
    canaries: [],
    sections: placeSections(packed, new Set()),
  });
  const envelope = encodeEnvelope([root], signDocument(release, releaseKey));
  return Buffer.concat([
    ...containerParts(
      envelope,
      packed.map((section) => section.stored),
    ),
  ]);
}

function edited(bytes: Buffer): Buffer {
  const at = bytes.length - 100;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  return bytes;
}

function tryImport(bytes: Uint8Array): string {
  const file = join(folder, 'candidate.plb');
  writeFileSync(file, bytes);
  const context = { fs: NODE_FILE_SYSTEM, now: Date.now, pid: process.pid, isAlive: () => true };
  try {
    const { release } = importBundle({ context, store, file, givenRoots: [root] });
    return `imported, ${release.sections.length} sections, ${readFileSync(file).length} bytes`;
  } catch (error) {
    if (error instanceof PlimsollError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

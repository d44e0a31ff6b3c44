/**
 * Builds db-bundles/starter.plb from the tables in db-bundles/starter, with a root beside it. The keys are made for this one
 * bundle and are gone when the script ends: nobody can sign another under the same root, and each build has a new root.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../src/bundle/build/build-bundle.ts';
import { documentTime } from '../src/bundle/document.ts';
import { NODE_FILE_SYSTEM } from '../src/bundle/store/file-system.ts';
import { createRoot } from '../src/bundle/trust/create-root.ts';
import { encodeRootFile } from '../src/bundle/trust/root-chain.ts';
import { generateSigningKey } from '../src/bundle/trust/signing-key.ts';
import { CAPTURED, STARTER_TABLES, writeStarterFeeds } from './starter-tables.ts';

const TARGET = join(STARTER_TABLES, '..');
const CENTURY = 36_525 * 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-starter-'));
try {
  writeStarterFeeds(folder);
  build(folder);
} finally {
  rmSync(folder, { recursive: true });
}

function build(feeds: string): void {
  const builtAt = Date.parse(`${CAPTURED}T00:00:00Z`);
  const rootKeys = [generateSigningKey()];
  const releaseKey = generateSigningKey();
  const root = createRoot({
    authority: 'plimsoll-starter',
    channels: ['starter'],
    rootKeys,
    rootThreshold: 1,
    releaseKeys: [releaseKey.publicKey],
    releaseThreshold: 1,
    issued: documentTime(builtAt),
    expires: documentTime(builtAt + CENTURY),
  });
  const built = buildBundle({
    fs: NODE_FILE_SYSTEM,
    feeds,
    channel: 'starter',
    sequence: 1,
    builtAt,
    starter: true,
    roots: [root],
    keys: [releaseKey],
  });
  writeFileSync(join(TARGET, 'root.json'), encodeRootFile([root]));
  writeFileSync(join(TARGET, 'starter.plb'), Buffer.concat(built.parts));
  const skipped = built.report.flatMap((source) => source.skipped);
  if (skipped.length > 0) throw new Error(`records were skipped: ${JSON.stringify(skipped)}`);
  const advisories = built.report
    .filter((source) => source.id.startsWith('osv/'))
    .reduce((sum, source) => sum + source.records, 0);
  console.log(`${advisories} advisories, contentId ${built.release.contentId}`);
}

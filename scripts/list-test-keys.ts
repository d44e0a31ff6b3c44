/**
 * Prints the digests of the private keys that lie in given folders of public sources (libraries with their test
 * fixtures, standards' vectors), as src/secrets/keys/published-test-keys.ts holds them: public halves only.
 * Usage: node scripts/list-test-keys.ts FOLDER…
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { createSecretScanner } from '../src/secrets/stream-scanner.ts';

const MAX_BYTES = 64 * 1024 * 1024;
const digests = new Set<string>();

for (const folder of process.argv.slice(2)) {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  for (const path of files(folder)) {
    const bytes = readFileSync(path);
    if (bytes.length <= MAX_BYTES && bytes.includes('PRIVATE KEY')) scanner.scanBytes(path, bytes);
  }
  for (const draft of scanner.finish()) {
    if (draft.witness === true || draft.verdict !== 'proven') continue;
    for (const item of draft.join ?? []) if (item.kind === 'public-key') digests.add(item.digest.slice(0, 16));
  }
}
process.stdout.write(`${[...digests].sort().join('\n')}\n`);

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdvisoryBundle } from '../../src/bundle/advisory-bundle.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import type { ArchiveStore } from '../../src/store/archive-store.ts';
import { bundleMark, componentMatcher } from '../../src/store/match-components.ts';
import { prepareImage } from '../../src/store/prepare-image.ts';
import { type OpenArchiveOptions, openArchive } from '../../src/store/sqlite/open-archive.ts';

export { bundleOf, debOf, type Flaw, imageOf, npmPackage } from './archive-content.ts';

export async function archive(
  store: ArchiveStore,
  image: UnjudgedAnalysis,
  bundle?: AdvisoryBundle,
  at = '2026-01-05T00:00:00Z',
): Promise<string> {
  const matcher = bundle === undefined ? undefined : { bundle: bundleMark(bundle), match: componentMatcher(bundle) };
  return store.add(prepareImage(image, { labels: {}, at, ...(matcher === undefined ? {} : { matcher }) }));
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function emptyArchive(folder = temporaryFolder(), options: OpenArchiveOptions = {}): ArchiveStore {
  const store = openArchive(folder, { create: true, ...options });
  onTestFinished(() => store.close());
  return store;
}

import { PlimsollError } from '../../errors.ts';
import { sectionName } from '../container/write-container.ts';
import { documentTime } from '../document.ts';
import type { Release } from '../trust/release.ts';
import { appendAudit } from './audit-log.ts';
import { writeCurrent } from './current.ts';
import { changingStore } from './durable-write.ts';
import type { StoreContext } from './file-system.ts';
import { readInstalledEnvelope, readInstalledSection, sectionPlaces, verifyInstalled } from './installed-bundle.ts';
import { writeReceipt } from './receipt.ts';
import { readRemembered } from './remembered.ts';
import { bundlePaths, compareReleases, parseBundleName, storePaths } from './store-layout.ts';
import { withStoreLock } from './store-lock.ts';
import { readTrustedRoots } from './trust-store.ts';
import { installedNames } from './versions-kept.ts';

export interface RollbackRequest {
  readonly context: StoreContext;
  readonly store: string;
  readonly sequence: number;
}

export interface RollbackOutcome {
  /** `current`: it was in use before, and nothing changed; `restored`: it is the highest release the store ever accepted. */
  readonly status: 'rolled back' | 'restored' | 'current';
  readonly release: Release;
}

/**
 * Makes a bundle that is still in the store the one in use. Unless it is the highest one, every report says until the next
 * import that the database was rolled back; what an import accepts does not change. Throws PLM_BUNDLE_MISSING for a sequence
 * the store no longer has.
 */
export function rollBack({ context, store, sequence }: RollbackRequest): RollbackOutcome {
  const { fs } = context;
  const paths = storePaths(store);
  return changingStore(store, () =>
    withStoreLock(context, paths, () => {
      const names = installedNames(fs, paths);
      const name = names.find((candidate) => parseBundleName(candidate)?.sequence === sequence);
      if (name === undefined) {
        const held = names.map((candidate) => parseBundleName(candidate)?.sequence).join(', ');
        throw new PlimsollError('PLM_BUNDLE_MISSING', `the store does not hold sequence ${sequence}`, {
          path: store,
          hint: held === '' ? 'it holds none: plimsoll db import brings one' : `it holds ${held}`,
        });
      }
      const { release } = verifyInstalled(readInstalledEnvelope(fs, paths, name), readTrustedRoots(fs, paths));
      assertWhole(context, bundlePaths(paths, name).sections, release);
      const { current, highest } = readRemembered(fs, paths);
      if (current?.name === name) return { status: 'current', release };
      const isHighest = highest !== undefined && compareReleases(release, highest) === 0;
      const status = isHighest ? 'restored' : 'rolled back';
      writeCurrent(fs, paths, { name, rolledBack: !isHighest });
      const at = documentTime(context.now());
      const { channel, epoch, contentId, builtAt } = release;
      const accepted = { channel, epoch, sequence, contentId, builtAt };
      appendAudit(fs, paths, { at, event: 'rollback', ...accepted });
      writeReceipt(fs, paths, { name, verdict: status, at, ...accepted });
      return { status, release };
    }),
  );
}

function assertWhole({ fs }: StoreContext, file: string, release: Release): void {
  const places = sectionPlaces(release.sections);
  for (const entry of release.sections) {
    readInstalledSection({ fs, file, entry, offset: places.get(sectionName(entry)) ?? 0 });
  }
}

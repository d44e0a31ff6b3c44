import { PlimsollError } from '../../errors.ts';
import { rootFingerprint } from '../trust/root.ts';
import { assertRootChain, type RootRecord } from '../trust/root-chain.ts';
import { changingStore } from './durable-write.ts';
import type { StoreContext } from './file-system.ts';
import { storePaths } from './store-layout.ts';
import { withStoreLock } from './store-lock.ts';
import { keepRoots, readTrustedRoots } from './trust-store.ts';

export interface PinRequest {
  readonly context: StoreContext;
  readonly store: string;
  readonly chain: readonly RootRecord[];
  /** SHA-256 of the newest root as a person read it from elsewhere. */
  readonly fingerprint?: string;
}

/** Makes a store trust a root, before its first import. Throws PLM_TRUST_ROOT where it trusts one already or the print differs. */
export function pinRoot({ context, store, chain, fingerprint }: PinRequest): RootRecord {
  const newest = assertRootChain(chain);
  const real = rootFingerprint(newest.document);
  if (fingerprint !== undefined && fingerprint.toLowerCase().replaceAll(/[:\s]/g, '') !== real) {
    throw new PlimsollError('PLM_TRUST_ROOT', `the root has the fingerprint ${real}, not the one given`, {
      path: store,
      hint: 'nothing was trusted; ask the publisher again, and where the file came from',
    });
  }
  const paths = storePaths(store);
  return changingStore(store, () => {
    context.fs.mkdirSync(store, { recursive: true });
    return withStoreLock(context, paths, () => {
      const known = readTrustedRoots(context.fs, paths).at(-1);
      if (known !== undefined && rootFingerprint(known.document) !== real) {
        throw new PlimsollError(
          'PLM_TRUST_ROOT',
          `the store already trusts ${known.root.authority} version ${known.root.version}`,
          {
            path: store,
            hint: 'newer roots come with bundles; to trust someone else, start a new store',
          },
        );
      }
      keepRoots(context.fs, paths, chain);
      return newest;
    });
  });
}

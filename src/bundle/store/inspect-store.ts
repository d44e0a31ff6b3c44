import { PlimsollError } from '../../errors.ts';
import type { Release } from '../trust/release.ts';
import { rootFingerprint } from '../trust/root.ts';
import type { RootRecord } from '../trust/root-chain.ts';
import { readAuditLog } from './audit-log.ts';
import type { FileSystem } from './file-system.ts';
import { type AcceptedRelease, readRemembered } from './remembered.ts';
import { parseBundleName, storePaths } from './store-layout.ts';
import { installedNames } from './versions-kept.ts';

/** All an operator asks a store: what is in use, what else is there, who may sign, what looks wrong. */
export interface StoreStatus {
  readonly store: string;
  readonly installed: Release;
  readonly name: string;
  readonly rolledBack: boolean;
  /** Other versions in the store, newest first. */
  readonly others: readonly { readonly name: string; readonly epoch: number; readonly sequence: number }[];
  readonly root: RootRecord;
  readonly rootFingerprint: string;
  readonly highest: AcceptedRelease | undefined;
  readonly auditEntries: number;
  readonly warnings: readonly string[];
}

/** Throws PLM_BUNDLE_MISSING where nothing is installed. */
export function inspectStore(fs: FileSystem, store: string): StoreStatus {
  const paths = storePaths(store);
  const { roots, current, installed, highest, warnings } = readRemembered(fs, paths);
  const root = roots.at(-1);
  if (current === undefined || installed === undefined || root === undefined) {
    throw new PlimsollError('PLM_BUNDLE_MISSING', 'this folder holds no advisory database', {
      path: store,
      hint: 'import one: plimsoll db import FILE.plb --db DIR --root root.json',
    });
  }
  const others = installedNames(fs, paths).flatMap((name) => {
    const release = parseBundleName(name);
    return release === undefined || name === current.name ? [] : [{ name, ...release }];
  });
  return {
    store,
    installed,
    name: current.name,
    rolledBack: current.rolledBack,
    others,
    root,
    rootFingerprint: rootFingerprint(root.document),
    highest,
    auditEntries: readAuditLog(fs, paths).entries.length,
    warnings,
  };
}

import type { Release } from '../trust/release.ts';
import type { RootRecord } from '../trust/root-chain.ts';
import { readAuditLog } from './audit-log.ts';
import { type Current, readCurrent } from './current.ts';
import type { FileSystem } from './file-system.ts';
import { readInstalledEnvelope, verifyInstalled } from './installed-bundle.ts';
import { compareReleases, type StorePaths } from './store-layout.ts';
import { readTrustedRoots, readTrustState } from './trust-store.ts';

/** A release this store has accepted once. */
export interface AcceptedRelease {
  readonly channel: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly contentId: string;
  readonly builtAt: string;
}

/** What a store knows before an import. */
export interface Remembered {
  readonly roots: readonly RootRecord[];
  readonly current: Current | undefined;
  readonly installed: Release | undefined;
  /** The highest release ever accepted; undefined for a new store. */
  readonly highest: AcceptedRelease | undefined;
  /** No time can be earlier than this: newest signed build time seen, in milliseconds; 0 for a new store. */
  readonly floor: number;
  /** What is missing or damaged among the three records of the highest release. */
  readonly warnings: readonly string[];
}

/**
 * The highest release is remembered three times: in `trust/state.json`, in the audit chain, and by the installed bundle.
 * Whichever is highest holds, so that deleting or restoring one does not lower it; the disagreement is reported.
 */
export function readRemembered(fs: FileSystem, paths: StorePaths): Remembered {
  const roots = readTrustedRoots(fs, paths);
  const current = readCurrent(fs, paths);
  const installed =
    current === undefined ? undefined : verifyInstalled(readInstalledEnvelope(fs, paths, current.name), roots).release;
  const audit = readAuditLog(fs, paths);
  const state = readTrustState(fs, paths);
  const known: AcceptedRelease[] = [...audit.entries];
  if (installed !== undefined) known.push(installed);
  if (state !== undefined) known.push({ ...state, builtAt: state.floor });
  const highest = known.toSorted(compareReleases).at(-1);
  const floor = Math.max(0, ...known.map((release) => Date.parse(release.builtAt)));
  const warnings: string[] = [];
  if (!audit.whole) warnings.push('audit.jsonl is no unbroken chain: lines were changed or taken out');
  if (highest !== undefined && state === undefined) {
    warnings.push(
      'trust/state.json is missing or damaged; its content was taken from the audit log and the installed bundle',
    );
  } else if (highest !== undefined && state !== undefined && compareReleases(state, highest) < 0) {
    warnings.push(
      `trust/state.json says sequence ${state.sequence}, but ${highest.sequence} was accepted: it may be an old copy`,
    );
  }
  if (installed !== undefined && audit.entries.length === 0) warnings.push('audit.jsonl is missing');
  return { roots, current, installed, highest, floor, warnings };
}

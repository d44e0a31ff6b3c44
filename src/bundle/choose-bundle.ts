import { type ErrorCode, PlimsollError } from '../errors.ts';
import { counted } from '../model/counted.ts';
import { DAY } from '../model/day.ts';
import type { Problem } from '../model/problem.ts';
import type { AdvisoryBundle } from './advisory-bundle.ts';
import { documentTime } from './document.ts';
import {
  type OpenedBundle,
  openBundleFile,
  openStarterBundle,
  openStore,
  readRootFile,
  readStarterRoot,
} from './open-bundle.ts';
import { type FileSystem, NODE_FILE_SYSTEM } from './store/file-system.ts';
import { storePaths } from './store/store-layout.ts';
import { readTrustedRoots, readTrustState } from './store/trust-store.ts';
import type { RootRecord } from './trust/root-chain.ts';
import { FUTURE_TOLERANCE } from './verify-envelope.ts';

export interface BundleChoice {
  /** A store folder or a `.plb` file the user named. */
  readonly db?: string;
  /** A `root.json` to trust for a `.plb` file, instead of the roots of the installed store. */
  readonly root?: string;
  /** The store used when nothing is named. */
  readonly defaultStore: string;
  /** The clock, in milliseconds since 1970. */
  readonly now: number;
  readonly fs?: FileSystem;
}

export interface ChosenBundle {
  readonly bundle: AdvisoryBundle;
  /** The clock, or the newest signed time where the clock is behind it: ages are counted from here. */
  readonly trustedNow: number;
  /** For the report: nothing in them depends on the clock. */
  readonly problems: readonly Problem[];
  /** For stderr: what the clock says about the bundle. */
  readonly warnings: readonly string[];
}

/**
 * The bundle of a run: the one named, else the installed store's, else the starter set. Throws PLM_BUNDLE_MISSING where the
 * named place holds none, and PLM_BUNDLE_… where one is there and does not verify: a broken database never falls back.
 */
export function chooseBundle(choice: BundleChoice): ChosenBundle {
  const fs = choice.fs ?? NODE_FILE_SYSTEM;
  const { db, defaultStore } = choice;
  if (db !== undefined) return openNamed(fs, db, choice);
  if (fs.existsSync(storePaths(defaultStore).current)) return openInstalled(fs, defaultStore, choice.now);
  return judged(openStarterBundle({ now: choice.now, fs }), { now: choice.now, floor: 0 });
}

function openNamed(fs: FileSystem, db: string, choice: BundleChoice): ChosenBundle {
  if (!fs.existsSync(db))
    throw new PlimsollError('PLM_BUNDLE_MISSING', 'there is no such advisory database', {
      path: db,
      hint: 'name a store folder or a .plb file: plimsoll db import makes the one, plimsoll db build the other',
    });
  if (fs.statSync(db).isDirectory()) return openInstalled(fs, db, choice.now);
  return judged(openFile(fs, db, choice), { now: choice.now, floor: 0 });
}

const OTHER_PUBLISHER: readonly ErrorCode[] = ['PLM_BUNDLE_ROOT', 'PLM_BUNDLE_SIGNATURE', 'PLM_BUNDLE_THRESHOLD'];

function openFile(fs: FileSystem, db: string, choice: BundleChoice): OpenedBundle {
  try {
    return openBundleFile(db, trustedRoot(fs, choice), { now: choice.now, fs });
  } catch (cause) {
    const isOther = cause instanceof PlimsollError && OTHER_PUBLISHER.includes(cause.code);
    if (!isOther || choice.root !== undefined) throw cause;
    throw new PlimsollError(cause.code, cause.message, {
      path: db,
      hint: "name the publisher's root: --root root.json",
      cause,
    });
  }
}

function openInstalled(fs: FileSystem, store: string, now: number): ChosenBundle {
  const floor = Date.parse(readTrustState(fs, storePaths(store))?.floor ?? documentTime(0));
  return judged(openStore(store, { now: Math.max(now, floor), fs }), { now, floor });
}

function trustedRoot(fs: FileSystem, { root, defaultStore }: BundleChoice): RootRecord {
  const newest =
    root === undefined ? readTrustedRoots(fs, storePaths(defaultStore)).at(-1) : readRootFile(root, fs).at(-1);
  return newest ?? readStarterRoot(fs);
}

function judged(
  { bundle, verified }: OpenedBundle,
  clock: { readonly now: number; readonly floor: number },
): ChosenBundle {
  const { info } = bundle;
  const builtAt = Date.parse(info.builtAt);
  const trustedNow = info.starter ? clock.now : Math.max(clock.now, clock.floor, builtAt - FUTURE_TOLERANCE);
  const warnings: string[] = [];
  if (clock.now < clock.floor || (!info.starter && clock.now < builtAt - FUTURE_TOLERANCE)) {
    warnings.push(
      `the clock says ${documentTime(clock.now)}, but the database was built at ${info.builtAt}: the clock is behind`,
    );
  }
  if (info.expired) warnings.push(`the advisory database expired at ${info.expires}; import a newer one`);
  if (!info.starter && Date.parse(verified.release.staleAfter) < trustedNow) {
    warnings.push(`the advisory database is stale since ${verified.release.staleAfter} (built ${info.builtAt})`);
  }
  warnings.push(...rootWarnings(verified.root, trustedNow, info.starter));
  return { bundle, trustedNow, problems: problemsOf(bundle), warnings };
}

const ROOT_WARNING_DAYS = 90;

function rootWarnings({ root }: RootRecord, now: number, starter: boolean): readonly string[] {
  const left = Math.floor((Date.parse(root.expires) - now) / DAY);
  if (starter || left > ROOT_WARNING_DAYS) return [];
  return [
    left < 0
      ? `root ${root.version} expired at ${root.expires}: no bundle can be imported under it`
      : `root ${root.version} expires in ${counted(left, 'day')}`,
  ];
}

function problemsOf({ info }: AdvisoryBundle): readonly Problem[] {
  const problems: Problem[] = [];
  if (info.starter) {
    const detail =
      'only the starter set of well-known advisories was used: most vulnerabilities are not in it; import a full bundle';
    problems.push({ code: 'PLM_BUNDLE_STARTER', detail });
  }
  if (info.rolledBack) {
    problems.push({
      code: 'PLM_BUNDLE_ROLLED_BACK',
      detail: `the database was rolled back to sequence ${info.sequence}; newer advisories are missing`,
    });
  }
  return problems;
}

/** How old the sources an image was judged by are. */
export interface SourceAge {
  readonly id: string;
  readonly capturedAt: string;
  readonly days: number;
}

/**
 * Ages of the given sources (`MatchResult.sourcesUsed`), oldest first. Sources the image does not need are not judged, so that
 * one dead feed does not stop everyone. An id the bundle does not have is left out.
 */
export function sourceAges(bundle: AdvisoryBundle, used: readonly string[], now: number): readonly SourceAge[] {
  return bundle.info.sources
    .filter((source) => used.includes(source.id))
    .map(({ id, capturedAt }) => ({
      id,
      capturedAt,
      days: Math.max(0, Math.floor((now - Date.parse(capturedAt)) / DAY)),
    }))
    .sort((left, right) => right.days - left.days || (left.id < right.id ? -1 : 1));
}

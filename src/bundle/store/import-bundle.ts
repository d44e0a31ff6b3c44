import { dirname } from 'node:path';
import { PlimsollError } from '../../errors.ts';
import { inBundleFile } from '../bundle-file.ts';
import { type ByteSource, fileSource } from '../container/byte-source.ts';
import { type Envelope, readEnvelope } from '../container/envelope.ts';
import { assertSectionLayout } from '../container/section-layout.ts';
import { documentTime } from '../document.ts';
import type { Release } from '../trust/release.ts';
import { assertRootChain, type RootRecord } from '../trust/root-chain.ts';
import { type Admission, admitRelease } from './admit-release.ts';
import { appendAudit } from './audit-log.ts';
import { writeCurrent } from './current.ts';
import { assertNoDrop } from './drop-guard.ts';
import { changingStore, flushFolder, writeFlushed } from './durable-write.ts';
import type { FileSystem, StoreContext } from './file-system.ts';
import { writeReceipt } from './receipt.ts';
import { type Remembered, readRemembered } from './remembered.ts';
import { assertFreeSpace, type DeltaBase, stageSections } from './stage-sections.ts';
import { bundleName, bundlePaths, type StorePaths, storePaths } from './store-layout.ts';
import { withStoreLock } from './store-lock.ts';
import { keepRoots, writeTrustState } from './trust-store.ts';
import { removeOldBundles } from './versions-kept.ts';

export interface ImportRequest {
  readonly context: StoreContext;
  readonly file: string;
  readonly store: string;
  readonly givenRoots?: readonly RootRecord[];
  readonly clockUnreliable?: boolean;
  /** Ecosystems the operator allows to shrink. */
  readonly allowDrop?: readonly string[];
}

export interface ImportOutcome {
  readonly status: 'imported' | 'current';
  readonly release: Release;
  readonly name: string;
  readonly warnings: readonly string[];
}

/**
 * Installs a bundle: verify, stage, swap (docs/bundle-format.md, "Import"). A refusal leaves the database as it was; a crash
 * leaves the old or the new one whole. Throws PLM_BUNDLE_… by cause, PLM_INPUT_… for a file that cannot be read.
 */
export function importBundle(request: ImportRequest): ImportOutcome {
  return changingStore(request.store, () => {
    const { file, context } = request;
    return inBundleFile(file, () => {
      const source = fileSource(context.fs, file);
      try {
        return importFrom(source, request);
      } finally {
        source.close();
      }
    });
  });
}

function importFrom(source: ByteSource, request: ImportRequest): ImportOutcome {
  const { context, store } = request;
  const { envelope, areaStart } = readEnvelope(source);
  const paths = storePaths(store);
  admitWithoutStore(request, envelope, paths);
  const work = { request, paths, source, envelope, areaStart };
  return inStoreFolder(context.fs, store, () => withStoreLock(context, paths, () => importLocked(work)));
}

/** The first look at a bundle for a new store, before anything is created: a refused file leaves no trace. */
function admitWithoutStore(request: ImportRequest, envelope: Envelope, paths: StorePaths): void {
  const { context, givenRoots, clockUnreliable = false } = request;
  const remembered = readRemembered(context.fs, paths);
  if (remembered.roots.length > 0) return;
  admitRelease({
    envelope,
    remembered,
    givenRoots,
    now: context.now(),
    clockUnreliable,
    onNewerRoots: () => undefined,
  });
}

/** Makes the folder of a new store, and takes it away again where the import is refused. */
function inStoreFolder<Result>(fs: FileSystem, store: string, change: () => Result): Result {
  const made = fs.mkdirSync(store, { recursive: true });
  try {
    return change();
  } catch (cause) {
    if (made !== undefined && fs.readdirSync(store).length === 0) fs.rmdirSync(store);
    throw cause;
  }
}

interface LockedImport {
  readonly request: ImportRequest;
  readonly paths: StorePaths;
  readonly source: ByteSource;
  readonly envelope: Envelope;
  readonly areaStart: number;
}

function importLocked(work: LockedImport): ImportOutcome {
  const { request, paths, source, envelope, areaStart } = work;
  const { context, givenRoots, clockUnreliable = false } = request;
  const remembered = readRemembered(context.fs, paths);
  const admission = admitRelease({
    envelope,
    remembered,
    givenRoots,
    now: context.now(),
    clockUnreliable,
    onNewerRoots: (roots) => {
      if (remembered.roots.length > 0) keepRoots(context.fs, paths, roots);
    },
  });
  const { release } = admission.verified;
  const name = bundleName(release);
  if (remembered.current?.name === name) return { status: 'current', release, name, warnings: admission.warnings };
  assertSectionLayout(source, areaStart, release.sections);
  if (remembered.installed !== undefined) assertNoDrop(remembered.installed, release, request.allowDrop ?? []);
  stage(work, { admission, remembered, name });
  makeCurrent(work, { admission, remembered, name });
  return { status: 'imported', release, name, warnings: admission.warnings };
}

interface Step {
  readonly admission: Admission;
  readonly remembered: Remembered;
  readonly name: string;
}

/** Leaves the complete bundle under its final name, not yet in use. */
function stage(
  { request, paths, source, envelope, areaStart }: LockedImport,
  { admission, remembered, name }: Step,
): void {
  const { fs } = request.context;
  const staging = storePaths(paths.staging);
  const staged = bundlePaths(staging, name);
  const final = bundlePaths(paths, name);
  fs.rmSync(paths.staging, { recursive: true, force: true });
  try {
    fs.mkdirSync(staged.folder, { recursive: true });
    assertFreeSpace(fs, staged.folder, admission.verified.release);
    const base = deltaBase(paths, remembered, admission.verified.release);
    stageSections({ fs, source, areaStart, verified: admission.verified, base, file: staged.sections });
    writeFlushed(fs, staged.envelope, [envelope.bytes]);
    flushFolder(fs, staged.folder);
    fs.mkdirSync(paths.bundles, { recursive: true });
    fs.rmSync(final.folder, { recursive: true, force: true });
    fs.renameSync(staged.folder, final.folder);
    flushFolder(fs, dirname(final.folder));
  } finally {
    fs.rmSync(paths.staging, { recursive: true, force: true });
  }
}

/** A delta names its base by content; only the bundle in use can be it. Throws PLM_BUNDLE_BASE. */
function deltaBase(paths: StorePaths, { current, installed }: Remembered, release: Release): DeltaBase | undefined {
  if (release.base === undefined) return undefined;
  if (installed !== undefined && current !== undefined && installed.contentId === release.base.contentId) {
    return { release: installed, sectionsFile: bundlePaths(paths, current.name).sections };
  }
  throw new PlimsollError(
    'PLM_BUNDLE_BASE',
    `the delta needs sequence ${release.base.sequence}, which is not the one in use`,
    {
      hint: 'import the full bundle, or the deltas in between one after the other',
    },
  );
}

/** Trust first, then the swap, then what is remembered about it. */
function makeCurrent({ request, paths }: LockedImport, { admission, remembered, name }: Step): void {
  const { fs, now } = request.context;
  const { release } = admission.verified;
  keepRoots(fs, paths, firstRoots(request, admission, remembered));
  writeCurrent(fs, paths, { name, rolledBack: false });
  const { channel, epoch, sequence, contentId, builtAt } = release;
  const floor = documentTime(Math.max(remembered.floor, Date.parse(builtAt)));
  writeTrustState(fs, paths, { channel, epoch, sequence, contentId, floor });
  const accepted = { channel, epoch, sequence, contentId, builtAt };
  appendAudit(fs, paths, { at: documentTime(now()), event: 'import', ...accepted });
  writeReceipt(fs, paths, { name, verdict: 'imported', at: documentTime(now()), ...accepted });
  removeOldBundles(fs, paths, name);
}

/** What a new store pins: the given chain and the roots the bundle added to it. */
function firstRoots(
  { givenRoots }: ImportRequest,
  admission: Admission,
  remembered: Remembered,
): readonly RootRecord[] {
  if (remembered.roots.length > 0 || givenRoots === undefined) return [];
  assertRootChain(givenRoots);
  return [...givenRoots, ...admission.verified.newerRoots];
}

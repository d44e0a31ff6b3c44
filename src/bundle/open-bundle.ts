import { fileURLToPath } from 'node:url';
import { PlimsollError } from '../errors.ts';
import type { AdvisoryBundle } from './advisory-bundle.ts';
import { inBundleFile } from './bundle-file.ts';
import { fileSource } from './container/byte-source.ts';
import { readEnvelope } from './container/envelope.ts';
import { readStoredSection } from './container/read-section.ts';
import { assertSectionLayout, isStored } from './container/section-layout.ts';
import { releaseBundle } from './release-bundle.ts';
import { type Current, readCurrent } from './store/current.ts';
import { type FileSystem, NODE_FILE_SYSTEM } from './store/file-system.ts';
import { installedBundle, readInstalledEnvelope, verifyInstalled } from './store/installed-bundle.ts';
import { storePaths } from './store/store-layout.ts';
import { readTrustedRoots } from './store/trust-store.ts';
import type { Release } from './trust/release.ts';
import { assertRootChain, parseRootFile, type RootRecord } from './trust/root-chain.ts';
import { type VerifiedRelease, verifyEnvelope } from './verify-envelope.ts';

export interface OpenOptions {
  /** Milliseconds since 1970, for `info.expired`. */
  readonly now: number;
  readonly fs?: FileSystem;
}

/** A bundle together with the facts its age and trust are judged by. */
export interface OpenedBundle {
  readonly bundle: AdvisoryBundle;
  readonly verified: VerifiedRelease;
}

/**
 * Opens the bundle a store uses: signatures are checked now, each section when it is first read. However many imports
 * follow, it stays readable.
 * Throws PLM_BUNDLE_MISSING where the folder holds none, and PLM_BUNDLE_… for whatever does not verify.
 */
export function openStore(store: string, options: OpenOptions): OpenedBundle {
  for (;;) {
    const current = currentOf(store, options);
    try {
      return openInstalled(store, current, options);
    } catch (cause) {
      // Imports may have removed the version between the two readings; then another is in use.
      if (currentOf(store, options).name === current.name) throw cause;
    }
  }
}

function currentOf(store: string, { fs = NODE_FILE_SYSTEM }: OpenOptions): Current {
  const current = readCurrent(fs, storePaths(store));
  if (current !== undefined) return current;
  throw new PlimsollError('PLM_BUNDLE_MISSING', 'this folder holds no advisory database', {
    path: store,
    hint: 'import one: plimsoll db import FILE.plb --db DIR --root root.json',
  });
}

/** Opens one of the versions a store holds, by its folder name. */
export function openInstalled(store: string, installed: Current, options: OpenOptions): OpenedBundle {
  const fs = options.fs ?? NODE_FILE_SYSTEM;
  const paths = storePaths(store);
  const verified = verifyInstalled(readInstalledEnvelope(fs, paths, installed.name), readTrustedRoots(fs, paths));
  return { bundle: installedBundle({ fs, paths, current: installed, verified, now: options.now }), verified };
}

/** Opens a `.plb` file without installing it; sections are decompressed when they are first read. */
export function openBundleFile(path: string, trusted: RootRecord, options: OpenOptions): OpenedBundle {
  return inBundleFile(path, () => openSource(path, trusted, options));
}

function openSource(path: string, trusted: RootRecord, options: OpenOptions): OpenedBundle {
  const source = fileSource(options.fs ?? NODE_FILE_SYSTEM, path);
  const { envelope, areaStart } = readEnvelope(source);
  const verified = verifyEnvelope(envelope, trusted);
  if (verified.release.kind === 'delta') {
    throw new PlimsollError('PLM_BUNDLE_BASE', 'a delta cannot be used without its base', {
      path,
      hint: 'import it into a store',
    });
  }
  assertSectionLayout(source, areaStart, verified.release.sections);
  const state = { now: options.now, rolledBack: false };
  const bundle = releaseBundle(verified, state, (entry) => {
    if (!isStored(entry)) throw new Error('a full bundle stores every section');
    return inBundleFile(path, () => readStoredSection(source, areaStart, entry));
  });
  return { bundle, verified };
}

/** The newest root of a `root.json`, after its chain was checked. Throws PLM_INPUT_… or PLM_TRUST_ROOT. */
export function readRootFile(path: string, fs: FileSystem = NODE_FILE_SYSTEM): readonly RootRecord[] {
  return inBundleFile(path, () => {
    const source = fileSource(fs, path);
    try {
      const chain = parseRootFile(source.read(0, source.size), path);
      assertRootChain(chain);
      return chain;
    } finally {
      source.close();
    }
  });
}

const STARTER_FOLDER = new URL('../../db-bundles/', import.meta.url);

/** The set of well-known advisories that travels with the program; it never expires. */
export function openStarterBundle(options: OpenOptions): OpenedBundle {
  const root = readStarterRoot(options.fs);
  return openBundleFile(fileURLToPath(new URL('starter.plb', STARTER_FOLDER)), root, options);
}

/** The root of the starter set. */
export function readStarterRoot(fs?: FileSystem): RootRecord {
  const root = readRootFile(fileURLToPath(new URL('root.json', STARTER_FOLDER)), fs).at(-1);
  if (root === undefined) throw new Error('a root file has at least one root');
  return root;
}

/** The release of a bundle file, verified from the newest root of a chain; its sections are not read. */
export function readRelease(path: string, roots: readonly RootRecord[], fs: FileSystem = NODE_FILE_SYSTEM): Release {
  const trusted = assertRootChain(roots);
  return inBundleFile(path, () => {
    const source = fileSource(fs, path);
    try {
      return verifyEnvelope(readEnvelope(source).envelope, trusted).release;
    } finally {
      source.close();
    }
  });
}

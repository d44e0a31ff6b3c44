import { PlimsollError, systemErrorCode } from '../../errors.ts';
import type { AdvisoryBundle } from '../advisory-bundle.ts';
import { type ByteSource, fileSource } from '../container/byte-source.ts';
import { type Envelope, parseEnvelope } from '../container/envelope.ts';
import { alignToPage } from '../container/header.ts';
import { sectionName } from '../container/write-container.ts';
import { sha256Hex } from '../content-id.ts';
import { releaseBundle } from '../release-bundle.ts';
import type { SectionEntry } from '../trust/release.ts';
import type { RootRecord } from '../trust/root-chain.ts';
import { assertNotRevoked, type VerifiedRelease, verifyEnvelope } from '../verify-envelope.ts';
import type { Current } from './current.ts';
import type { FileSystem } from './file-system.ts';
import { bundlePaths, type StorePaths } from './store-layout.ts';

/** The envelope of an installed bundle. Throws PLM_BUNDLE_STORE where it is gone. */
export function readInstalledEnvelope(fs: FileSystem, paths: StorePaths, name: string): Envelope {
  const { envelope } = bundlePaths(paths, name);
  try {
    return parseEnvelope(fs.readFileSync(envelope));
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_BUNDLE_STORE', `the installed bundle cannot be read (${code})`, {
      path: envelope,
      hint: 'import the newest bundle again',
      cause,
    });
  }
}

/**
 * Checks an installed bundle's signatures again. One older than the newest root (an N-1 after a key rotation) is judged by
 * the root it was accepted under, and by the newest root's revocations.
 */
export function verifyInstalled(envelope: Envelope, roots: readonly RootRecord[]): VerifiedRelease {
  const newest = roots.at(-1);
  if (newest === undefined) throw new PlimsollError('PLM_TRUST_ROOT', 'the store trusts no root');
  const offered = envelope.roots.at(-1)?.root.version ?? 0;
  const accepted = roots.find((record) => record.root.version === offered) ?? newest;
  const verified = verifyEnvelope(envelope, accepted);
  assertNotRevoked(verified.release, newest.root);
  return verified;
}

export interface InstalledRequest {
  readonly fs: FileSystem;
  readonly paths: StorePaths;
  readonly current: Current;
  readonly verified: VerifiedRelease;
  readonly now: number;
}

/**
 * An installed bundle whose sections are read, and hashed against the signed release, when they are first asked for. Its file
 * is opened now and held: imports that remove the version later do not take it from this reader. Throws PLM_BUNDLE_STORE
 * where the sections are gone.
 */
export function installedBundle({ fs, paths, current, verified, now }: InstalledRequest): AdvisoryBundle {
  const file = bundlePaths(paths, current.name).sections;
  const source = openSections(fs, file);
  held.register(source, source.close);
  const places = sectionPlaces(verified.release.sections);
  return releaseBundle(verified, { now, rolledBack: current.rolledBack }, (entry) =>
    readSignedSection({ source, file, entry, offset: places.get(sectionName(entry)) ?? 0 }),
  );
}

/** Closes files of bundles that nobody can read from any more: a bundle has no end of its own. */
const held = new FinalizationRegistry<() => void>((close) => close());

function openSections(fs: FileSystem, file: string): ByteSource {
  try {
    return fileSource(fs, file);
  } catch (cause) {
    if (!(cause instanceof PlimsollError)) throw cause;
    throw new PlimsollError(
      'PLM_BUNDLE_STORE',
      `the sections of the installed bundle cannot be read: ${cause.message}`,
      {
        path: file,
        hint: 'import the newest bundle again',
        cause,
      },
    );
  }
}

/** Offsets in `sections.bin`: raw sections in release order, each on a page. */
export function sectionPlaces(sections: readonly SectionEntry[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let end = 0;
  for (const entry of sections) {
    const offset = alignToPage(end);
    places.set(sectionName(entry), offset);
    end = offset + entry.size;
  }
  return places;
}

export interface SectionRead {
  readonly fs: FileSystem;
  readonly file: string;
  readonly entry: SectionEntry;
  readonly offset: number;
}

/** Throws PLM_BUNDLE_DIGEST where the bytes are not the signed ones. */
export function readInstalledSection({ fs, ...read }: SectionRead): Uint8Array {
  const source = fileSource(fs, read.file);
  try {
    return readSignedSection({ source, ...read });
  } finally {
    source.close();
  }
}

function readSignedSection({
  source,
  file,
  entry,
  offset,
}: Omit<SectionRead, 'fs'> & { readonly source: ByteSource }): Uint8Array {
  const bytes = source.read(offset, entry.size);
  if (sha256Hex(bytes) === entry.sha256) return bytes;
  throw new PlimsollError(
    'PLM_BUNDLE_DIGEST',
    `section ${entry.type} "${entry.key}" of the installed bundle was altered`,
    {
      path: file,
      hint: 'import the newest bundle again, and find out who changed the store',
    },
  );
}

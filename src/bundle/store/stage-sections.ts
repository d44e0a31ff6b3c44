import { PlimsollError } from '../../errors.ts';
import { BUNDLE_LIMITS } from '../bundle-limits.ts';
import { isReported } from '../canary.ts';
import type { ByteSource } from '../container/byte-source.ts';
import { alignToPage } from '../container/header.ts';
import { readStoredSection } from '../container/read-section.ts';
import { isStored } from '../container/section-layout.ts';
import { sectionName } from '../container/write-container.ts';
import { contentIdOf } from '../content-id.ts';
import { releaseBundle } from '../release-bundle.ts';
import { validateSection } from '../sections/validate-section.ts';
import { countSegment } from '../segment-counts.ts';
import type { EcosystemCount, Release, SectionEntry } from '../trust/release.ts';
import type { VerifiedRelease } from '../verify-envelope.ts';
import { assertCounts } from './drop-guard.ts';
import { writeFlushed } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';
import { readInstalledSection, sectionPlaces } from './installed-bundle.ts';

/** The installed bundle a delta is applied to. */
export interface DeltaBase {
  readonly release: Release;
  readonly sectionsFile: string;
}

export interface StagingRequest {
  readonly fs: FileSystem;
  readonly source: ByteSource;
  readonly areaStart: number;
  readonly verified: VerifiedRelease;
  readonly base: DeltaBase | undefined;
  /** Where the raw sections go. */
  readonly file: string;
}

/**
 * Writes the raw sections into one file: each is read once, hashed before it is decompressed, hashed again, and its
 * structure walked. Then counts, content id and canaries are judged on what was written.
 */
export function stageSections(request: StagingRequest): void {
  const { fs, file, verified } = request;
  const { release } = verified;
  const counts = new Map<string, EcosystemCount>();
  writeFlushed(fs, file, rawSections(request, counts));
  request.source.assertUnchanged();
  if (contentIdOf(release.sections) !== release.contentId) {
    throw new PlimsollError('PLM_BUNDLE_DIGEST', 'the sections together do not have the content id of the release');
  }
  assertCounts(release, counts);
  assertCanaries(request);
}

function* rawSections(request: StagingRequest, counts: Map<string, EcosystemCount>): Generator<Uint8Array> {
  let end = 0;
  for (const entry of request.verified.release.sections) {
    const bytes = readSection(request, entry);
    validateSection({ type: entry.type, key: entry.key, bytes });
    if (entry.type === 'segment') counts.set(entry.key, countSegment(bytes));
    const offset = alignToPage(end);
    yield new Uint8Array(offset - end);
    yield bytes;
    end = offset + bytes.length;
  }
}

function readSection({ fs, source, areaStart, base }: StagingRequest, entry: SectionEntry): Uint8Array {
  if (isStored(entry)) return readStoredSection(source, areaStart, entry);
  const held = base?.release.sections.find((known) => sectionName(known) === sectionName(entry));
  if (base === undefined || held === undefined || held.sha256 !== entry.sha256) {
    throw new PlimsollError(
      'PLM_BUNDLE_BASE',
      `the base has no section ${entry.type} "${entry.key}" with the content the delta counts on`,
    );
  }
  const offset = sectionPlaces(base.release.sections).get(sectionName(held)) ?? 0;
  return readInstalledSection({ fs, file: base.sectionsFile, entry: held, offset });
}

function assertCanaries({ fs, file, verified }: StagingRequest): void {
  const places = sectionPlaces(verified.release.sections);
  const staged = releaseBundle(verified, { now: 0, rolledBack: false }, (entry) =>
    readInstalledSection({ fs, file, entry, offset: places.get(sectionName(entry)) ?? 0 }),
  );
  for (const canary of verified.release.canaries) {
    if (isReported(staged, canary)) continue;
    throw new PlimsollError(
      'PLM_BUNDLE_CANARY',
      `${canary.name} ${canary.version} is not reported as ${canary.advisory}`,
    );
  }
}

/** Refuses to start where the raw sections cannot fit. Throws PLM_BUNDLE_STORE. */
export function assertFreeSpace(fs: FileSystem, folder: string, release: Release): void {
  const needed = release.sections.reduce((sum, entry) => sum + entry.size, 0) * BUNDLE_LIMITS.freeSpaceFactor;
  const { bavail, bsize } = fs.statfsSync(folder);
  if (bavail * bsize >= needed) return;
  throw new PlimsollError(
    'PLM_BUNDLE_STORE',
    `the store has ${bavail * bsize} bytes free, the import needs ${needed}`,
    { path: folder },
  );
}

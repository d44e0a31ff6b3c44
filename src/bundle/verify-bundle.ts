import { PlimsollError } from '../errors.ts';
import type { Section } from './advisory-bundle.ts';
import { inBundleFile } from './bundle-file.ts';
import { isReported } from './canary.ts';
import { fileSource } from './container/byte-source.ts';
import { readEnvelope } from './container/envelope.ts';
import { readStoredSection } from './container/read-section.ts';
import { assertSectionLayout, isStored } from './container/section-layout.ts';
import { contentIdOf } from './content-id.ts';
import { validateSection } from './sections/validate-section.ts';
import { sectionsBundle } from './sections-bundle.ts';
import { countSegments } from './segment-counts.ts';
import { assertCounts } from './store/drop-guard.ts';
import type { FileSystem } from './store/file-system.ts';
import type { Release } from './trust/release.ts';
import type { RootRecord } from './trust/root-chain.ts';
import { assertTimely, verifyEnvelope } from './verify-envelope.ts';

export interface VerifyRequest {
  readonly fs: FileSystem;
  readonly file: string;
  readonly trusted: RootRecord;
  readonly now: number;
}

/**
 * Checks a bundle file as an import would, without a store: signatures, clock, layout, every digest, the structure of every
 * section, counts and canaries. Of a delta, what needs its base is left to the import. Throws PLM_BUNDLE_… by cause.
 */
export function verifyBundle(request: VerifyRequest): Release {
  return inBundleFile(request.file, () => verifySource(request));
}

function verifySource({ fs, file, trusted, now }: VerifyRequest): Release {
  const source = fileSource(fs, file);
  try {
    const { envelope, areaStart } = readEnvelope(source);
    const verified = verifyEnvelope(envelope, trusted);
    const { release } = verified;
    assertTimely(verified, now);
    assertSectionLayout(source, areaStart, release.sections);
    if (contentIdOf(release.sections) !== release.contentId) {
      throw new PlimsollError('PLM_BUNDLE_DIGEST', 'the sections together do not have the content id of the release');
    }
    const sections = release.sections.filter(isStored).map((entry): Section => {
      const section = { type: entry.type, key: entry.key, bytes: readStoredSection(source, areaStart, entry) };
      validateSection(section);
      return section;
    });
    if (release.kind === 'full') assertContent(release, sections);
    source.assertUnchanged();
    return release;
  } finally {
    source.close();
  }
}

function assertContent(release: Release, sections: readonly Section[]): void {
  assertCounts(release, countSegments(sections));
  const bundle = sectionsBundle(sections);
  const missed = release.canaries.find((canary) => !isReported(bundle, canary));
  if (missed === undefined) return;
  throw new PlimsollError(
    'PLM_BUNDLE_CANARY',
    `${missed.name} ${missed.version} is not reported as ${missed.advisory}`,
  );
}

import type { AdvisoryBundle, BundleInfo, SectionType } from './advisory-bundle.ts';
import { sectionName } from './container/write-container.ts';
import type { SectionEntry } from './trust/release.ts';
import type { VerifiedRelease } from './verify-envelope.ts';

export interface ReleaseState {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly rolledBack: boolean;
}

/** A verified release as a bundle: `read` must return bytes that have the entry's digest, and is asked once a section. */
export function releaseBundle(
  verified: VerifiedRelease,
  state: ReleaseState,
  read: (entry: SectionEntry) => Uint8Array,
): AdvisoryBundle {
  const { release } = verified;
  const entries = new Map(release.sections.map((entry) => [sectionName(entry), entry]));
  const loaded = new Map<string, Uint8Array>();
  return {
    info: bundleInfo(verified, state),
    keys: (type: SectionType) => release.sections.filter((entry) => entry.type === type).map((entry) => entry.key),
    section(type, key) {
      const name = sectionName({ type, key });
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const bytes = loaded.get(name) ?? read(entry);
      loaded.set(name, bytes);
      return bytes;
    },
  };
}

function bundleInfo({ release }: VerifiedRelease, { now, rolledBack }: ReleaseState): BundleInfo {
  const { contentId, channel, epoch, sequence, builtAt, expires, sources, starter } = release;
  return {
    contentId,
    channel,
    epoch,
    sequence,
    builtAt,
    ...(expires === undefined ? {} : { expires }),
    sources,
    starter,
    expired: expires !== undefined && Date.parse(expires) < now,
    rolledBack,
  };
}

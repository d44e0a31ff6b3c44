import { compareText } from '../bytes/compare-text.ts';
import type { ArchivedImage } from './archive-store.ts';

export interface RetentionRule {
  /** Images last seen before this RFC 3339 time. */
  readonly seenBefore?: string;
  /** Keep this many of each repository, the last seen ones. */
  readonly keepLast?: number;
  /** Only images that are retired. */
  readonly retiredOnly?: boolean;
}

/** The images a rule gives up; all its conditions must hold. A rule without a condition gives up none. */
export function expiredImages(images: readonly ArchivedImage[], rule: RetentionRule): readonly ArchivedImage[] {
  if (rule.seenBefore === undefined && rule.keepLast === undefined && rule.retiredOnly !== true) return [];
  const kept = rule.keepLast === undefined ? new Set<string>() : lastSeen(images, rule.keepLast);
  return images.filter(
    (image) =>
      (rule.seenBefore === undefined || image.seenAt < rule.seenBefore) &&
      !kept.has(image.key) &&
      (rule.retiredOnly !== true || image.retiredAt !== undefined),
  );
}

function lastSeen(images: readonly ArchivedImage[], count: number): ReadonlySet<string> {
  const repositories = Map.groupBy(images, (image) => repositoryOf(image.names[0] ?? image.key));
  const kept = [...repositories.values()].flatMap((list) =>
    list
      .toSorted(
        (left, right) =>
          compareText(right.seenAt, left.seenAt) ||
          compareText(right.addedAt, left.addedAt) ||
          compareText(left.key, right.key),
      )
      .slice(0, count),
  );
  return new Set(kept.map((image) => image.key));
}

/** A reference without tag and digest. */
function repositoryOf(name: string): string {
  const [beforeDigest = ''] = name.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  return colon > beforeDigest.lastIndexOf('/') ? beforeDigest.slice(0, colon) : beforeDigest;
}

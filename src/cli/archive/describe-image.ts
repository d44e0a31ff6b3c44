import type { ArchivedImage } from '../../store/archive-store.ts';

/** The JSON form of an archived image (`list`, `show`): absent facts are left out. */
export function describeImage(image: ArchivedImage): Readonly<Record<string, unknown>> {
  return {
    image: image.manifestDigest ?? image.key,
    key: image.key,
    ...(image.names[0] === undefined ? {} : { ref: image.names[0] }),
    names: image.names,
    platform: image.platform,
    os: image.os,
    labels: image.labels,
    addedAt: image.addedAt,
    seenAt: image.seenAt,
    ...(image.retiredAt === undefined ? {} : { retiredAt: image.retiredAt }),
    originalSbom: image.source !== undefined,
  };
}

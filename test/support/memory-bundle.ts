import type { AdvisoryBundle, BundleInfo, Section } from '../../src/bundle/advisory-bundle.ts';

/** An opened bundle over sections in memory. */
export function memoryBundle(sections: readonly Section[], info: Partial<BundleInfo> = {}): AdvisoryBundle {
  return {
    info: {
      contentId: '0'.repeat(64),
      channel: 'test',
      epoch: 1,
      sequence: 1,
      builtAt: '2026-11-01T00:00:00Z',
      sources: [],
      starter: false,
      expired: false,
      rolledBack: false,
      ...info,
    },
    keys: (type) =>
      sections
        .filter((section) => section.type === type)
        .map(({ key }) => key)
        .sort(),
    section: (type, key) => sections.find((section) => section.type === type && section.key === key)?.bytes,
  };
}

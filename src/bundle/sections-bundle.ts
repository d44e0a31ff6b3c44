import type { AdvisoryBundle, BundleInfo, Section, SectionType } from './advisory-bundle.ts';

const UNSIGNED: BundleInfo = {
  contentId: '',
  channel: '',
  epoch: 0,
  sequence: 0,
  builtAt: '',
  sources: [],
  starter: false,
  expired: false,
  rolledBack: false,
};

/** Sections in memory as a bundle: what a build or an import tries its canaries on before anything is final. */
export function sectionsBundle(sections: readonly Section[], info: BundleInfo = UNSIGNED): AdvisoryBundle {
  const byType = new Map<SectionType, Map<string, Uint8Array>>();
  for (const { type, key, bytes } of sections) {
    const keys = byType.get(type) ?? new Map<string, Uint8Array>();
    byType.set(type, keys.set(key, bytes));
  }
  return {
    info,
    keys: (type) => [...(byType.get(type)?.keys() ?? [])].sort(),
    section: (type, key) => byType.get(type)?.get(key),
  };
}

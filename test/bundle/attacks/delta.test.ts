import { describe, expect, it } from 'vitest';
import { packSection } from '../../../src/bundle/container/write-container.ts';
import { contentIdOf } from '../../../src/bundle/content-id.ts';
import { openStore } from '../../../src/bundle/open-bundle.ts';
import {
  advisory,
  type BundleSpec,
  indexOf,
  KEV,
  Lab,
  someAdvisories,
  TODAY,
} from '../../support/bundle/bundle-lab.ts';

const base = [...indexOf(someAdvisories()), KEV];
const next = [...indexOf([...someAdvisories(), advisory('GHSA-new', { name: 'new' })]), KEV];
const baseId = contentIdOf(base.map(packSection));
const KEPT = ['advisories osv/PyPI', 'segment PyPI', 'kev '];

function delta(change: BundleSpec['change'] = {}, spec: BundleSpec = {}): BundleSpec {
  const release = { kind: 'delta' as const, base: { sequence: 1, contentId: baseId }, ...change };
  return { sequence: 2, sections: next, reused: KEPT, change: release, ...spec };
}

describe('delta', () => {
  it('applies to its base and then is the full bundle, content id and all', () => {
    using lab = new Lab();
    lab.import({ sequence: 1, sections: base });
    const { release } = lab.import(delta());
    expect(release.contentId).toBe(contentIdOf(next.map(packSection)));
    const { bundle } = openStore(lab.store, { now: TODAY });
    for (const { type, key, bytes } of next)
      expect(Buffer.from(bundle.section(type, key) ?? [])).toEqual(Buffer.from(bytes));
  });

  it('44 refuses a delta without its base, with another base, and of a delta that never came', () => {
    using lab = new Lab();
    expect(lab.refusal(delta())).toBe('PLM_BUNDLE_BASE');
    lab.import({ sequence: 1, sections: base });
    expect(lab.refusal(delta({ base: { sequence: 1, contentId: 'b'.repeat(64) } }))).toBe('PLM_BUNDLE_BASE');
    expect(
      lab.refusal(delta({ base: { sequence: 2, contentId: contentIdOf(next.map(packSection)) } }, { sequence: 3 })),
    ).toBe('PLM_BUNDLE_BASE');
  });

  it('44 refuses to take a section from the base under another type or key, or with another content', () => {
    using lab = new Lab();
    lab.import({ sequence: 1, sections: base });
    const renamed = next.map((section) => (section.type === 'kev' ? { ...section, type: 'bases' as const } : section));
    expect(lab.refusal(delta({}, { sections: renamed, reused: [...KEPT, 'bases '] }))).toBe('PLM_BUNDLE_BASE');
    expect(lab.refusal(delta({}, { reused: [...KEPT, 'segment npm'] }))).toBe('PLM_BUNDLE_BASE');
  });

  it('44 refuses a delta whose sections do not add up to its content id', () => {
    using lab = new Lab();
    lab.import({ sequence: 1, sections: base });
    expect(lab.refusal(delta({ contentId: baseId }))).toBe('PLM_BUNDLE_DIGEST');
  });

  it('44 refuses a full bundle that leaves out a section', () => {
    using lab = new Lab();
    lab.import({ sequence: 1, sections: base });
    expect(lab.refusal({ sequence: 2, sections: next, reused: KEPT })).toBe('PLM_BUNDLE_FORMAT');
  });
});

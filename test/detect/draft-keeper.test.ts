import { describe, expect, it } from 'vitest';
import { DraftKeeper } from '../../src/detect/draft-keeper.ts';
import type { PackageDraft } from '../../src/model/package.ts';

const draft: PackageDraft = {
  type: 'deb',
  name: 'curl',
  version: '8.5.0-2',
  source: { name: 'curl', version: '8.5.0-2' },
  properties: { maintainer: 'Someone <someone@example.org>' },
  dependsOn: ['libcurl4t64-openssl', 'zlib1g'],
  provides: ['a-client-for-transfers'],
};

describe('DraftKeeper', () => {
  it('copies what was cut from a large file', () => {
    const kept = new DraftKeeper(10).keep(draft, 1_000_000);
    expect(kept).toEqual(draft);
    expect(kept.properties).not.toBe(draft.properties);
  });

  it('leaves a package without relations as it is', () => {
    const { dependsOn: _needed, provides: _provided, ...plain } = draft;
    expect(new DraftKeeper(10).keep(plain, 1_000_000)).toStrictEqual(plain);
  });

  it('keeps drafts of small files themselves', () => expect(new DraftKeeper(10).keep(draft, 100)).toBe(draft));

  it('leaves out relations beyond the limit, whatever the size of the file', () => {
    const { dependsOn: _needed, provides: _provided, ...plain } = draft;
    for (const size of [100, 1_000_000]) {
      const keeper = new DraftKeeper(5);
      expect([keeper.keep(draft, size), keeper.keep(draft, size), keeper.relations]).toEqual([draft, plain, 6]);
    }
  });
});

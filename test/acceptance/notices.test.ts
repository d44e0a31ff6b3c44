import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withAnalysis } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { hasLicenseText } from '../../src/model/notices.ts';
import { composeNotices } from '../../src/pipeline/notices/compose-notices.ts';
import { hasShared, SHARED } from '../support/shared-data.ts';

const SHOP = 'images/mid/shop.oci.tar';

describe.skipIf(!hasShared(SHOP, 'notices'))('the notices of the shop', () => {
  it('have a licence text for every package beside which one lies, and each text once', async () => {
    const options = { limits: DEFAULT_LIMITS, scanners: new Set<never>(), workers: 2, version: '1' };
    const { notices, npm, tree } = await withAnalysis(join(SHARED, SHOP), options, async (read) => ({
      notices: await composeNotices(read, { limits: DEFAULT_LIMITS }),
      npm: read.analysis.packages.filter(({ type, state }) => type === 'npm' && state === 'present'),
      tree: read.history.view(),
    }));
    const isBeside = (manifest: string): boolean =>
      tree
        .list(manifest.replace(/\/package\.json$/, ''))
        .some((name) => /^(?:mit-)?(?:licen[cs]e|copying)/i.test(name));
    const expected = npm
      .filter(({ locations }) => locations.some(({ path }) => isBeside(path)))
      .map(({ purl }) => purl);
    const byId = new Map(notices.texts.map((text) => [text.id, text]));
    const covered = notices.packages.filter((found) => hasLicenseText(found, (id) => byId.get(id)));
    expect(
      covered
        .filter(({ type }) => type === 'npm')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(expected.sort());
    expect(new Set(notices.texts.map(({ text }) => text)).size).toBe(notices.texts.length);
    // four more were shaded into a tool: none of its texts is theirs
    const counts = Map.groupBy(covered, ({ type }) => type);
    expect([...counts].map(([type, { length }]) => `${type} ${length}`).sort()).toEqual([
      'maven 14',
      'npm 330',
      'pypi 20',
    ]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CAPTURED, readStarterAdvisories, writeStarterFeeds } from '../../scripts/starter-tables.ts';
import { buildBundle } from '../../src/bundle/build/build-bundle.ts';
import { chooseBundle } from '../../src/bundle/choose-bundle.ts';
import { searchAdvisory } from '../../src/bundle/search-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../src/bundle/store/file-system.ts';
import { Lab, makeBundle, makeRoot, RELEASE_KEYS, refusalOf, TODAY } from '../support/bundle/bundle-lab.ts';

const feeds = mkdtempSync(join(tmpdir(), 'plimsoll-starter-'));
afterAll(() => rmSync(feeds, { recursive: true }));

const ALWAYS = Date.parse('2060-01-01T00:00:00Z');

describe('starter set', () => {
  it('is what its tables say', () => {
    writeStarterFeeds(feeds);
    const built = buildBundle({
      fs: NODE_FILE_SYSTEM,
      feeds,
      channel: 'starter',
      sequence: 1,
      builtAt: Date.parse(CAPTURED),
      roots: [makeRoot()],
      keys: [RELEASE_KEYS[0]],
    });
    const { bundle } = chooseBundle({ defaultStore: join(feeds, 'none'), now: ALWAYS });
    expect(bundle.info.contentId).toBe(built.release.contentId);
    expect(readStarterAdvisories().length).toBeGreaterThanOrEqual(250);
  });

  it('never expires, says what it is, and knows Log4Shell', () => {
    const { bundle, problems, warnings } = chooseBundle({ defaultStore: join(feeds, 'none'), now: ALWAYS });
    expect(problems.map((problem) => problem.code)).toEqual(['PLM_BUNDLE_STARTER']);
    expect(warnings).toEqual([]);
    const found = [...searchAdvisory(bundle, 'CVE-2021-44228')].map((record) => record.id);
    expect(found).toContain('DSA-5020-1');
    expect(found).toContain('CVE-2021-44228');
  });

  it('is no stand-in for a database that was named and is not there, or is broken', () => {
    expect(refusalOf(() => chooseBundle({ db: join(feeds, 'none'), defaultStore: '', now: ALWAYS }))).toBe(
      'PLM_BUNDLE_MISSING',
    );
    expect(refusalOf(() => chooseBundle({ db: feeds, defaultStore: '', now: ALWAYS }))).toBe('PLM_BUNDLE_MISSING');
    expect(refusalOf(() => chooseBundle({ db: join(feeds, 'kev.json'), defaultStore: '', now: ALWAYS }))).toBe(
      'PLM_BUNDLE_FORMAT',
    );
  });

  it('is no root for a bundle of others: which option names theirs is said', () => {
    using lab = new Lab();
    const db = lab.write('theirs.plb', makeBundle({ roots: [lab.root] }));
    expect(errorOf(() => chooseBundle({ db, defaultStore: join(feeds, 'none'), now: TODAY }))).toMatchObject({
      code: 'PLM_BUNDLE_ROOT',
      path: db,
      hint: "name the publisher's root: --root root.json",
    });
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

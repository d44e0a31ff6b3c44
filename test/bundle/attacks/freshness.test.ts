import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseBundle, sourceAges } from '../../../src/bundle/choose-bundle.ts';
import { advisory, Lab, makeBundle, makeRoot, snapshot, someAdvisories } from '../../support/bundle/bundle-lab.ts';

describe('freshness', () => {
  it('27 refuses an older sequence', () => {
    using lab = new Lab();
    lab.import({ sequence: 5 });
    expect(lab.refusal({ sequence: 4 })).toBe('PLM_BUNDLE_ROLLBACK');
  });

  it('28 raises an alarm when one sequence has two contents, and takes the same content for already current', () => {
    using lab = new Lab();
    lab.import({ sequence: 5 });
    expect(lab.refusal({ sequence: 5, advisories: someAdvisories(41) })).toBe('PLM_BUNDLE_EQUIVOCATION');
    const before = snapshot(lab.store);
    expect(lab.import({ sequence: 5 }).status).toBe('current');
    expect(snapshot(lab.store)).toEqual(before);
  });

  it('29 refuses a bundle from the future', () => {
    using lab = new Lab();
    expect(lab.refusal({ change: { builtAt: '2099-01-01T00:00:00Z' } })).toBe('PLM_BUNDLE_FUTURE');
    expect(lab.import({}, { clockUnreliable: true }).status).toBe('imported');
  });

  it('30 refuses an expired bundle, and keeps saying so of one that expires after it was installed', () => {
    using lab = new Lab();
    expect(lab.refusal({ change: { expires: '2026-11-22T11:59:59Z' } })).toBe('PLM_BUNDLE_EXPIRED');
    lab.import({ change: { expires: '2026-12-01T00:00:00Z' } });
    const later = chooseBundle({ db: lab.store, defaultStore: '', now: Date.parse('2026-12-02T00:00:00Z') });
    expect(later.bundle.info.expired).toBe(true);
    expect(later.warnings).toContain('the advisory database expired at 2026-12-01T00:00:00Z; import a newer one');
  });

  it('31 does not let a clock of 1970 bring an expired bundle back, and says that the clock is behind', () => {
    using lab = new Lab();
    lab.import({ sequence: 1 });
    lab.now = 0;
    expect(lab.refusal({ sequence: 2, change: { expires: '2026-11-21T00:00:00Z' } })).toBe('PLM_BUNDLE_EXPIRED');
    const outcome = lab.import({ sequence: 2 });
    expect(outcome.warnings).toEqual([
      'the clock says 1970-01-01T00:00:00Z, but a signed bundle was built at 2026-11-22T00:00:00Z; that time is used',
    ]);
    const chosen = chooseBundle({ db: lab.store, defaultStore: '', now: 0 });
    expect(chosen.trustedNow).toBe(Date.parse('2026-11-22T00:00:00Z'));
  });

  it('31 does not let one import under a clock of 2090 poison the floor', () => {
    using lab = new Lab();
    const lasting = makeRoot({ change: { expires: '2099-01-01T00:00:00Z' } });
    lab.now = Date.parse('2090-01-01T00:00:00Z');
    lab.import({ roots: [lasting] }, { givenRoots: [lasting] });
    lab.now = Date.parse('2026-11-22T12:00:00Z');
    expect(lab.import({ roots: [lasting], sequence: 2 }, { givenRoots: [lasting] }).warnings).toEqual([]);
  });

  it.each([
    ['deleted', (path: string) => rmSync(path)],
    ['truncated', (path: string) => writeFileSync(path, '{"chann')],
  ])('32 keeps refusing older sequences when the trust state is %s, and says what is wrong', (_, damage) => {
    using lab = new Lab();
    lab.import({ sequence: 5 });
    damage(join(lab.store, 'trust', 'state.json'));
    expect(lab.refusal({ sequence: 4 })).toBe('PLM_BUNDLE_ROLLBACK');
    expect(lab.import({ sequence: 6 }).warnings[0]).toMatch(/trust\/state\.json is missing or damaged/);
  });

  it('32 notices a trust state that was restored from an old copy, and lines taken out of the audit log', () => {
    using lab = new Lab();
    lab.import({ sequence: 5 });
    const state = join(lab.store, 'trust', 'state.json');
    const old = readFileSync(state);
    lab.import({ sequence: 6 });
    writeFileSync(state, old);
    expect(lab.refusal({ sequence: 5 })).toBe('PLM_BUNDLE_ROLLBACK');
    const audit = join(lab.store, 'audit.jsonl');
    writeFileSync(audit, `${readFileSync(audit, 'utf8').split('\n')[1]}\n`);
    expect(lab.import({ sequence: 7 }).warnings).toEqual([
      'audit.jsonl is no unbroken chain: lines were changed or taken out',
      'trust/state.json says sequence 5, but 6 was accepted: it may be an old copy',
    ]);
  });

  it('33 warns louder while a frozen store grows old, per source', () => {
    using lab = new Lab();
    lab.import({});
    const on = (day: string) => chooseBundle({ db: lab.store, defaultStore: '', now: Date.parse(day) });
    expect(on('2026-11-25T00:00:00Z').warnings).toEqual([]);
    const chosen = on('2026-12-31T00:00:00Z');
    expect(chosen.warnings).toEqual([
      'the advisory database is stale since 2026-11-29T00:00:00Z (built 2026-11-22T00:00:00Z)',
    ]);
    expect(sourceAges(chosen.bundle, ['osv/npm', 'osv/unknown'], chosen.trustedNow)).toEqual([
      { id: 'osv/npm', capturedAt: '2026-11-21', days: 40 },
    ]);
  });

  it('34 refuses a release with the sections of another', () => {
    using lab = new Lab();
    const [older, newer] = [
      makeBundle({ sequence: 1 }),
      makeBundle({ sequence: 2, advisories: [advisory('GHSA-new')] }),
    ];
    const start = (bundle: Buffer) => Math.ceil((64 + bundle.readUInt32LE(12)) / 4096) * 4096;
    const mixed = Buffer.concat([newer.subarray(0, start(newer)), older.subarray(start(older))]);
    mixed.writeBigUInt64LE(BigInt(mixed.length), 16);
    expect(lab.refusal(mixed)).toMatch(/PLM_BUNDLE_(DIGEST|TRUNCATED|TRAILING)/);
  });

  it('34 refuses sections that fit their digests but not the content id', () => {
    using lab = new Lab();
    expect(lab.refusal({ change: { contentId: 'a'.repeat(64) } })).toBe('PLM_BUNDLE_DIGEST');
  });

  it('35 refuses a channel the root does not speak for, and a change of channel', () => {
    using lab = new Lab();
    const bound = makeRoot({ change: { channels: ['stable'] } });
    expect(lab.refusal({ roots: [bound] }, { givenRoots: [bound] })).toBe('PLM_BUNDLE_CHANNEL');
    lab.import({});
    expect(lab.refusal({ sequence: 2, change: { channel: 'other' } })).toBe('PLM_BUNDLE_CHANNEL');
  });
});

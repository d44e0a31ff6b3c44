import { linkSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/bundle/open-bundle.ts';
import { importInbox } from '../../../src/bundle/store/import-inbox.ts';
import {
  FOREIGN_KEY,
  Lab,
  makeBundle,
  refusalOf,
  snapshot,
  someAdvisories,
  TODAY,
} from '../../support/bundle/bundle-lab.ts';
import { systemError, watchedFileSystem } from '../../support/bundle/watched-file-system.ts';

function bundle(sequence: number): Buffer {
  return makeBundle({ sequence, advisories: someAdvisories(40 + sequence) });
}

class Inbox extends Lab {
  readonly inbox = join(this.folder, 'inbox');

  constructor() {
    super();
    mkdirSync(this.inbox);
  }

  put(name: string, bytes: Uint8Array, minutesOld = 60): string {
    const path = join(this.inbox, name);
    writeFileSync(path, bytes);
    const seconds = TODAY / 1000 - minutesOld * 60;
    utimesSync(path, seconds, seconds);
    return path;
  }

  run() {
    const { imported, entries } = importInbox({
      context: this.context(),
      store: this.store,
      givenRoots: [this.root],
      inbox: this.inbox,
    });
    const verdicts = Object.fromEntries(
      entries.map(({ file, verdict, code }) => [file, code === undefined ? verdict : `${verdict} ${code}`]),
    );
    return { sequences: imported.map((outcome) => outcome.release.sequence), verdicts };
  }

  sequence(): number {
    return openStore(this.store, { now: TODAY }).bundle.info.sequence;
  }
}

describe('inbox', () => {
  it('takes the best valid bundle, sets the older aside and quarantines the rest with their reasons', () => {
    using lab = new Inbox();
    lab.put('a.plb', bundle(1));
    lab.put('b.plb', bundle(3));
    lab.put('c.plb', makeBundle({ sequence: 9, signers: [FOREIGN_KEY] }));
    lab.put('d.plb', Buffer.from('junk that is long enough to hold a header of sixty-four bytes, and more'));
    expect(lab.run()).toEqual({
      sequences: [3],
      verdicts: {
        'a.plb': 'superseded PLM_BUNDLE_ROLLBACK',
        'b.plb': 'imported',
        'c.plb': 'quarantined PLM_BUNDLE_SIGNATURE',
        'd.plb': 'quarantined PLM_BUNDLE_FORMAT',
      },
    });
    const quarantine = readdirSync(join(lab.inbox, 'quarantine')).filter((name) => name.endsWith('.reason'));
    const reasons = quarantine.map((name) => readFileSync(join(lab.inbox, 'quarantine', name), 'utf8').split(':')[0]);
    expect(reasons.sort()).toEqual(['PLM_BUNDLE_FORMAT', 'PLM_BUNDLE_SIGNATURE']);
    expect(lab.run()).toEqual({ sequences: [], verdicts: {} });
  });

  it('leaves partial copies alone while they are young', () => {
    using lab = new Inbox();
    lab.put('a.plb.part', bundle(1).subarray(0, 5000));
    lab.put('b.plb', bundle(2).subarray(0, 5000), 1);
    expect(lab.run().verdicts).toEqual({ 'b.plb': 'waiting' });
    lab.put('b.plb', bundle(2).subarray(0, 5000), 30);
    expect(lab.run().verdicts).toEqual({ 'b.plb': 'quarantined PLM_BUNDLE_TRUNCATED' });
    expect(readdirSync(lab.inbox).sort()).toEqual(['a.plb.part', 'quarantine']);
  });

  it('46 ignores a hundred thousand files of other names only up to its limit', () => {
    using lab = new Inbox();
    lab.put('good.plb', bundle(1));
    lab.fs = watchedFileSystem(() => {});
    const flood = Array.from({ length: 100_000 }, (_, at) => `junk-${at}`);
    lab.fs = new Proxy(lab.fs, {
      get: (target, name, receiver) => (name === 'readdirSync' ? () => flood : Reflect.get(target, name, receiver)),
    });
    expect(refusalOf(() => lab.run())).toBe('PLM_LIMIT');
  });

  it.each(['line\nbreak.plb', '\u202e..evil.plb', '-rf.plb', '$(reboot).plb', `${'x'.repeat(240)}.plb`])(
    '46 handles the name %j',
    (name) => {
      using lab = new Inbox();
      lab.put(name, makeBundle({ signers: [FOREIGN_KEY] }));
      lab.put('good.plb', bundle(1));
      lab.run();
      expect(lab.sequence()).toBe(1);
      const moved = readdirSync(join(lab.inbox, 'quarantine')).sort();
      expect(moved).toEqual([expect.stringMatching(/^[0-9a-f]{8}-[A-Za-z0-9._-]*$/), `${moved[0]}.reason`]);
    },
  );

  it('46 judges a hard link by its bytes and moves only the name in the inbox', () => {
    using lab = new Inbox();
    const forged = makeBundle({ signers: [FOREIGN_KEY] });
    const outside = lab.write('outside.plb', forged);
    linkSync(outside, join(lab.inbox, 'linked.plb'));
    lab.run();
    expect(readFileSync(outside).equals(forged)).toBe(true);
    expect(readdirSync(lab.inbox)).toEqual(['quarantine']);
  });

  it('46 refuses a huge sparse file without reading it', () => {
    using lab = new Inbox();
    truncateSync(lab.put('sparse.plb', bundle(1)), 8 * 1024 ** 4);
    let read = 0;
    lab.fs = watchedFileSystem((call, args) => {
      const length = args[3];
      if (call === 'readSync' && typeof length === 'number') read += length;
    });
    expect(lab.run().verdicts).toEqual({ 'sparse.plb': 'quarantined PLM_BUNDLE_TRAILING' });
    expect(read).toBeLessThan(1_000_000);
  });

  it('46 imports from a read-only medium, moves nothing, and does not import again', () => {
    using lab = new Inbox();
    lab.put('a.plb', bundle(1));
    lab.put('bad.plb', makeBundle({ signers: [FOREIGN_KEY] }));
    const before = snapshot(lab.inbox);
    lab.fs = watchedFileSystem((call, args) => {
      if ((call === 'mkdirSync' || call === 'renameSync') && String(args[0]).startsWith(lab.inbox))
        throw systemError('EROFS');
    });
    expect(lab.run().sequences).toEqual([1]);
    expect(lab.run()).toEqual({
      sequences: [],
      verdicts: { 'a.plb': 'superseded', 'bad.plb': 'quarantined PLM_BUNDLE_SIGNATURE' },
    });
    expect(snapshot(lab.inbox)).toEqual(before);
  });

  it('46 never looks into its own quarantine', () => {
    using lab = new Inbox();
    mkdirSync(join(lab.inbox, 'quarantine.plb'));
    lab.put('bad.plb', makeBundle({ signers: [FOREIGN_KEY] }));
    lab.run();
    expect(lab.run().verdicts).toEqual({});
  });

  it('imports a delta after its base, whatever their names', () => {
    using lab = new Inbox();
    const full = bundle(1);
    lab.put('z-base.plb', full);
    const { release } = (() => {
      using other = new Lab();
      return other.import(full);
    })();
    const next = {
      sequence: 2,
      advisories: someAdvisories(41),
      reused: release.sections.map((entry) => `${entry.type} ${entry.key}`),
    };
    const base = { sequence: 1, contentId: release.contentId };
    lab.put('a-delta.plb', makeBundle({ ...next, change: { kind: 'delta', base } }));
    expect(lab.run()).toEqual({ sequences: [1, 2], verdicts: { 'z-base.plb': 'imported', 'a-delta.plb': 'imported' } });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vulnerability } from '../../../src/model/finding.ts';
import type { VulnerabilitiesDiff } from '../../../src/model/image-diff.ts';
import type { Package } from '../../../src/model/package.ts';
import { compareVulnerabilities, pairVulnerabilities } from '../../../src/pipeline/diff/compare-vulnerabilities.ts';
import { BUNDLE, debPackage, unjudged, vulnerability } from '../../policy/judged-analysis.ts';

interface Side {
  readonly packages: readonly Package[];
  readonly vulnerabilities: readonly Vulnerability[];
  /** Ids of packages without advisories. */
  readonly unjudged?: readonly string[];
}

function deb(name: string, version: string, fields: Partial<Package> = {}): Package {
  return debPackage(name, { id: `pkg:deb/debian/${name}@${version}`, version, ...fields });
}

function flaw(id: string, found: Package, fields: Partial<Vulnerability> = {}): Vulnerability {
  return vulnerability(id, found.name, { packageId: found.id, state: found.state, ...fields });
}

function compare(before: Side, after: Side, history = false): VulnerabilitiesDiff {
  const [old, now] = [before, after].map(({ packages, vulnerabilities, unjudged: packageIds = [] }) =>
    unjudged({
      packages,
      vulnerabilities,
      bundle: { ...BUNDLE, coverage: { os: 'covered', unjudged: [{ missing: 'Debian 12', packageIds }] } },
    }),
  );
  if (old === undefined || now === undefined) throw new Error('no sides');
  return compareVulnerabilities(pairVulnerabilities(old, now), { before: old, after: now, history });
}

/** The lists with a row as `CVE-1 openssl 1.0>1.1 severity,state`. */
function told(diff: VulnerabilitiesDiff): unknown {
  const rows = (list: 'new' | 'fixed' | 'changed' | 'unjudged'): readonly string[] =>
    diff[list].map(({ id, package: { name }, versions, changes }) =>
      [id, name, `${versions.before.join()}>${versions.after.join()}`, ...(changes ?? [])].join(' '),
    );
  return {
    new: rows('new'),
    fixed: rows('fixed'),
    changed: rows('changed'),
    unjudged: rows('unjudged'),
    unchanged: diff.unchanged,
  };
}

const NOTHING = { new: [], fixed: [], changed: [], unjudged: [], unchanged: 0 };
const OLD = deb('openssl', '1.0');
const NEW = deb('openssl', '1.1');

describe('vulnerabilities of two images', () => {
  it('gone with an upgrade is fixed, and tells both versions', () => {
    const diff = compare(
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [NEW], vulnerabilities: [] },
    );
    expect(diff).toEqual({
      ...NOTHING,
      fixed: [
        {
          id: 'CVE-1',
          aliases: [],
          advisories: ['DSA-CVE-1'],
          severity: 'high',
          fixedIn: ['1.1'],
          package: { type: 'deb', namespace: 'debian', name: 'openssl' },
          versions: { before: ['1.0'], after: ['1.1'] },
          before: [
            {
              packageId: OLD.id,
              version: '1.0',
              state: 'present',
              severity: 'high',
              status: 'fixed',
              fixedIn: ['1.1'],
            },
          ],
          after: [],
        },
      ],
      severities: {
        before: { critical: 0, high: 1, medium: 0, low: 0, negligible: 0, unknown: 0 },
        after: { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 },
      },
    });
  });

  it.each<[string, Side, Side, object]>([
    [
      'an upgrade that stays vulnerable changes nothing',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [NEW], vulnerabilities: [flaw('CVE-1', NEW)] },
      { unchanged: 1 },
    ],
    [
      'a package that comes with a flaw brings it',
      { packages: [], vulnerabilities: [] },
      { packages: [NEW], vulnerabilities: [flaw('CVE-1', NEW)] },
      { new: ['CVE-1 openssl >1.1'] },
    ],
    [
      'a package that goes takes its flaws along',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [], vulnerabilities: [] },
      { fixed: ['CVE-1 openssl 1.0>'] },
    ],
    [
      'the same flaw of another package is another finding',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [deb('zlib', '1')], vulnerabilities: [flaw('CVE-1', deb('zlib', '1'))] },
      { new: ['CVE-1 zlib >1'], fixed: ['CVE-1 openssl 1.0>'] },
    ],
    [
      'an advisory that got its CVE id is the same flaw',
      { packages: [OLD], vulnerabilities: [flaw('GHSA-1', OLD)] },
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { aliases: ['GHSA-1'] })] },
      { unchanged: 1 },
    ],
    [
      'a binary package that was renamed is known by its source',
      sideOf(deb('libssl1.1', '1.1.1', { source: { name: 'openssl', version: '1.1.1' } })),
      sideOf(deb('libssl3', '3.0', { source: { name: 'openssl', version: '3.0' } })),
      { unchanged: 1 },
    ],
    [
      'one flaw in several binaries of a source is one finding',
      { packages: [], vulnerabilities: [] },
      {
        packages: ['libc6', 'libc-bin'].map((name) => deb(name, '2', { source: { name: 'glibc', version: '2' } })),
        vulnerabilities: ['libc6', 'libc-bin'].map((name) => flaw('CVE-1', deb(name, '2'))),
      },
      { new: ['CVE-1 glibc >2'] },
    ],
    [
      'a package without advisories after is not fixed',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [NEW], vulnerabilities: [], unjudged: [NEW.id] },
      { unjudged: ['CVE-1 openssl 1.0>1.1'] },
    ],
    [
      'a package without advisories before brings nothing that could be called new',
      { packages: [OLD], vulnerabilities: [], unjudged: [OLD.id] },
      { packages: [NEW], vulnerabilities: [flaw('CVE-1', NEW)] },
      { unjudged: ['CVE-1 openssl 1.0>1.1'] },
    ],
    [
      'another severity and another fix are a change',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { severity: 'critical', fixedIn: [] })] },
      { changed: ['CVE-1 openssl 1.0>1.0 severity fixedIn'] },
    ],
    [
      'an accepted finding is not fixed',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { suppressed: { reason: 'vex' } })] },
      { changed: ['CVE-1 openssl 1.0>1.0 suppressed'] },
    ],
    [
      'a finding that is accepted no more is new',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { suppressed: { reason: 'vex' } })] },
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] },
      { new: ['CVE-1 openssl 1.0>1.0'] },
    ],
    [
      'what was accepted on both sides is nobody’s news',
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { suppressed: { reason: 'vex' } })] },
      { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD, { suppressed: { reason: 'ignored' } })] },
      {},
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(told(compare(before, after))).toEqual({ ...NOTHING, ...expected });
  });

  it('a version that only a lower layer still holds is fixed, or changed where history counts', () => {
    const hidden = { ...OLD, state: 'overwritten' } as const;
    const before = { packages: [OLD], vulnerabilities: [flaw('CVE-1', OLD)] };
    const after = { packages: [hidden, NEW], vulnerabilities: [flaw('CVE-1', hidden)] };
    expect([compare(before, after), compare(before, after, true)].map(told)).toEqual([
      { ...NOTHING, fixed: ['CVE-1 openssl 1.0>1.1'] },
      { ...NOTHING, changed: ['CVE-1 openssl 1.0>1.1 state'] },
    ]);
  });

  it('the worst comes first, known exploited before all', () => {
    const kev = { dateAdded: '2026-01-01' };
    const vulnerabilities = [
      flaw('CVE-1', NEW, { severity: 'low' }),
      flaw('CVE-2', NEW, { severity: 'critical' }),
      flaw('CVE-3', NEW, { severity: 'medium', kev }),
    ];
    const diff = compare({ packages: [], vulnerabilities: [] }, { packages: [NEW], vulnerabilities });
    expect(diff.new.map(({ id }) => id)).toEqual(['CVE-3', 'CVE-2', 'CVE-1']);
  });

  it('every finding that counts is in one list of its side', () => {
    const finding = fc.record({
      name: fc.constantFrom('a', 'b'),
      version: fc.constantFrom('1', '2'),
      id: fc.constantFrom('CVE-1', 'CVE-2', 'GHSA-1'),
      alias: fc.constantFrom('', 'CVE-2'),
      isAccepted: fc.boolean(),
      isHidden: fc.boolean(),
    });
    const side = fc.array(finding, { maxLength: 8 }).map((drafts): Side => {
      const found = drafts.map(({ name, version, isHidden }) =>
        deb(name, version, isHidden ? { id: `${name}${version}h`, state: 'deleted' } : {}),
      );
      const packages = [...new Map(found.map((item) => [item.id, item])).values()];
      const vulnerabilities = drafts.flatMap(({ id, alias, isAccepted }, index) => {
        const item = found[index];
        const fields = { aliases: alias === '' ? [] : [alias], ...(isAccepted && { suppressed: { reason: 'vex' } }) };
        return item === undefined ? [] : [flaw(id, item, fields)];
      });
      return { packages, vulnerabilities };
    });
    fc.assert(
      fc.property(side, side, (before, after) => {
        const diff = compare(before, after);
        const sum = (counts: Readonly<Record<string, number>>): number =>
          Object.values(counts).reduce((total, count) => total + count, 0);
        const wasOpen = diff.changed.length + diff.unchanged + diff.fixed.length;
        const suppressedNow = diff.changed.filter(({ changes }) => changes?.includes('suppressed') === true).length;
        expect([sum(diff.severities.before), sum(diff.severities.after)]).toEqual([
          wasOpen,
          diff.new.length + diff.changed.length - suppressedNow + diff.unchanged,
        ]);
        expect(told(compare(before, before))).toMatchObject({ new: [], fixed: [], changed: [], unjudged: [] });
      }),
    );
  });
});

function sideOf(found: Package): Side {
  return { packages: [found], vulnerabilities: [flaw('CVE-1', found)] };
}

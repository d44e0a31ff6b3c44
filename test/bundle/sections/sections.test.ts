import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEndOfLife, parseEndOfLife } from '../../../src/bundle/sections/end-of-life.ts';
import { encodeEpss, findEpss, validateEpss } from '../../../src/bundle/sections/epss.ts';
import { encodeKev, parseKev } from '../../../src/bundle/sections/kev.ts';
import { validateSection } from '../../../src/bundle/sections/validate-section.ts';
import { refusalOf } from '../../support/bundle/bundle-lab.ts';

describe('kev section', () => {
  it('reads back what was written', () => {
    const entries = [
      { cve: 'CVE-2021-44228', added: '2021-12-10', due: '2021-12-24', ransomware: true },
      { cve: 'CVE-2014-0160', added: '2022-05-04', ransomware: false },
    ];
    expect([...parseKev(encodeKev(entries)).values()]).toEqual([entries[1], entries[0]]);
  });
});

describe('end-of-life section', () => {
  it('reads back what was written', () => {
    const products = new Map([
      ['debian', [{ cycle: '12', codename: 'Bookworm', eol: '2026-06-10', extended: '2028-06-30', lts: false }]],
      ['rolling', [{ cycle: 'rolling', eol: false, lts: false }]],
    ]);
    expect(parseEndOfLife(encodeEndOfLife(products))).toEqual(products);
  });
});

describe('epss section', () => {
  const rows = [
    { cve: 'CVE-2021-44228', score: 0.97565, percentile: 1 },
    { cve: 'CVE-1999-0001', score: 0.00042, percentile: 0.05 },
    { cve: 'CVE-2022-1234567', score: 0.5, percentile: 0.99 },
  ];

  it('finds every row to five digits, and nothing else', () => {
    const bytes = encodeEpss(rows);
    validateEpss(bytes);
    expect(rows.map((row) => findEpss(bytes, row.cve))).toEqual([
      { score: 0.97565, percentile: 1 },
      { score: 0.00042, percentile: 0.05 },
      { score: 0.5, percentile: 0.99 },
    ]);
    expect(findEpss(bytes, 'CVE-2021-44229')).toBeUndefined();
    expect(findEpss(bytes, 'GHSA-x')).toBeUndefined();
  });

  it('needs fourteen bytes a row', () => {
    const many = Array.from({ length: 300_000 }, (_, at) => ({
      cve: `CVE-2020-${1000 + at}`,
      score: 0,
      percentile: 0,
    }));
    expect(encodeEpss(many).length).toBe(4_200_008);
  });

  it('does not depend on the order of the rows', () => {
    expect(Buffer.from(encodeEpss(rows.toReversed()))).toEqual(Buffer.from(encodeEpss(rows)));
  });
});

describe('sections of any type', () => {
  it('refuse random bytes with one code, or find them sound', () => {
    const types = fc.constantFrom('segment', 'advisories', 'kev', 'epss', 'endoflife', 'classifiers', 'bases');
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 300 }), (type, bytes) => {
        expect(refusalOf(() => validateSection({ type, key: '', bytes }))).toMatch(/PLM_BUNDLE_INDEX|accepted/);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSegment, segmentNames } from '../../../src/bundle/index/open-segment.ts';
import { openStore } from '../../../src/bundle/open-bundle.ts';
import { searchAdvisory } from '../../../src/bundle/search-bundle.ts';
import { encodeEpss } from '../../../src/bundle/sections/epss.ts';
import { validateSection } from '../../../src/bundle/sections/validate-section.ts';
import { printable } from '../../../src/cli/printable.ts';
import { PlimsollError } from '../../../src/errors.ts';
import { advisory, indexOf, KEV, Lab, refusalOf, someAdvisories, TODAY } from '../../support/bundle/bundle-lab.ts';

const sections = indexOf(someAdvisories());

function damagedIndex(edit: (bytes: Buffer) => void) {
  return sections.map((section) => {
    if (section.type !== 'segment' || section.key !== 'npm') return section;
    const bytes = Buffer.from(section.bytes);
    edit(bytes);
    return { ...section, bytes };
  });
}

/** Every text of an index, as a scan or a search would come to see it. */
function readEveryRow(bytes: Uint8Array): void {
  const segment = openSegment(bytes);
  for (const name of segmentNames(segment)) {
    const [first, end] = segment.rowsOf(name);
    for (let row = first; row < end; row++) {
      segment.entry(row);
      segment.holds(row, '1.0.0', segment.positionOf('1.0.0'));
    }
  }
}

describe('index', () => {
  it('41 refuses an index of which any number was changed, or works on it without leaving its bounds', () => {
    const segment = sections.find((section) => section.type === 'segment' && section.key === 'npm');
    if (segment === undefined) throw new Error('no segment');
    fc.assert(
      fc.property(fc.nat(Math.floor(segment.bytes.length / 4) - 1), fc.nat(0xffffffff), (word, value) => {
        const bytes = Buffer.from(segment.bytes);
        bytes.writeUInt32LE(value, word * 4);
        const refusal = refusalOf(() => validateSection({ ...segment, bytes }));
        if (refusal === 'accepted') readEveryRow(bytes);
        else expect(refusal).toBe('PLM_BUNDLE_INDEX');
      }),
      { numRuns: 400 },
    );
  });

  it('41 refuses at import what a signature covers but no reader could use', () => {
    using lab = new Lab();
    expect(lab.refusal({ sections: damagedIndex((bytes) => bytes.fill(0xff, 16)) })).toBe('PLM_BUNDLE_INDEX');
    expect(lab.refusal({ sections: damagedIndex((bytes) => bytes.fill(0)) })).toBe('PLM_BUNDLE_INDEX');
  });

  it('41 refuses EPSS columns that do not fit or are out of order', () => {
    const good = Buffer.from(
      encodeEpss([
        { cve: 'CVE-2021-44228', score: 0.97, percentile: 0.999 },
        { cve: 'CVE-2022-0001', score: 0.1, percentile: 0.5 },
      ]),
    );
    const wrapped = Buffer.from(good);
    wrapped.writeUInt32LE(0x40000001, 4);
    const swapped = Buffer.from(good);
    swapped.writeUInt16LE(2023, 8);
    for (const bytes of [wrapped, swapped, good.subarray(0, 9), Buffer.alloc(0)]) {
      expect(refusalOf(() => validateSection({ type: 'epss', key: '', bytes }))).toBe('PLM_BUNDLE_INDEX');
    }
  });

  it('42 refuses a bundle signed by the right key that holds nothing', () => {
    using lab = new Lab();
    expect(lab.refusal({ sections: [KEV] })).toBe('PLM_BUNDLE_COUNTS');
    expect(lab.refusal({ sections: [] })).toBe('PLM_BUNDLE_COUNTS');
  });

  it('42 refuses a bundle that lost an ecosystem, or a part of one, until someone says that it may', () => {
    using lab = new Lab();
    lab.import({ sequence: 1 });
    const decimated = { sequence: 2, advisories: someAdvisories(10) };
    expect(lab.refusal(decimated)).toBe('PLM_BUNDLE_DROP');
    expect(lab.refusal({ sequence: 2, advisories: [advisory('GHSA-0')] })).toBe('PLM_BUNDLE_DROP');
    expect(lab.import({ ...decimated, change: { dropAllowed: ['npm'] } }).status).toBe('imported');
    expect(lab.import({ sequence: 3, advisories: someAdvisories(2) }, { allowDrop: ['npm'] }).status).toBe('imported');
  });

  it('42 refuses counts that are not those of the index, and a canary that is not reported', () => {
    using lab = new Lab();
    expect(lab.refusal({ change: { counts: new Map([['npm', { advisories: 40, rows: 40 }]]) } })).toBe(
      'PLM_BUNDLE_COUNTS',
    );
    const canary = { ecosystem: 'npm', name: 'package-1', version: '1.0.0', advisory: 'GHSA-1' };
    expect(lab.refusal({ change: { canaries: [{ ...canary, version: '1.3.0' }] } })).toBe('PLM_BUNDLE_CANARY');
    expect(lab.refusal({ change: { canaries: [{ ...canary, advisory: 'GHSA-2' }] } })).toBe('PLM_BUNDLE_CANARY');
    expect(lab.import({ change: { canaries: [canary] } }).status).toBe('imported');
  });

  it('43 carries hostile advisory text without letting it reach a terminal', () => {
    using lab = new Lab();
    const summary = `\u001b[2J\u202eevil\r\n<script>alert(1)</script>${'x'.repeat(1000)}`;
    lab.import({ advisories: [advisory('GHSA-evil', { summary, references: ['javascript:alert(1)'] })] });
    const [record] = searchAdvisory(openStore(lab.store, { now: TODAY }).bundle, 'ghsa-EVIL');
    expect(record?.summary).toBe(summary);
    expect(printable(record?.summary ?? '').slice(0, 25)).toBe('\\x1b[2J\\u202eevil\\x0d\\x0a');
  });

  it('reports every refusal with code and message', () => {
    const bytes = Buffer.from('{"CVE-1":[1,2,3]}');
    expect(() => validateSection({ type: 'kev', key: '', bytes })).toThrow(
      new PlimsollError('PLM_BUNDLE_INDEX', 'section kev: the entry of CVE-1 is malformed'),
    );
  });
});

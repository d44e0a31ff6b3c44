import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Section } from '../../../src/bundle/advisory-bundle.ts';
import { IndexBuilder } from '../../../src/bundle/index/build-index.ts';
import { SectionFormatError } from '../../../src/bundle/index/columns.ts';
import { findRows } from '../../../src/bundle/index/find-rows.ts';
import { openAdvisories } from '../../../src/bundle/index/open-advisories.ts';
import { openSegment } from '../../../src/bundle/index/open-segment.ts';
import { nameKey } from '../../../src/bundle/index/segment-format.ts';
import { validateIndexSection } from '../../../src/bundle/index/validate-index-section.ts';
import { PlimsollError } from '../../../src/errors.ts';
import { advisory, affectedUntil } from '../../support/advisories.ts';

const sections = build();

function build(): readonly Section[] {
  const builder = new IndexBuilder();
  for (let i = 0; i < 12; i++) {
    const affected = {
      ...affectedUntil('npm', `package-${i % 5}`, `1.${i}.0`),
      versions: [`7.${i}.0`, 'not a version'],
    };
    builder.add(advisory({ id: `A-${i}`, affected: [{ ...affected, qualifiers: { status: 'deferred' } }] }));
  }
  return builder.finish();
}

function sectionOf(type: string): Section {
  const section = sections.find((one) => one.type === type);
  if (section === undefined) throw new Error(`no ${type}`);
  return section;
}

function refused(section: Section): boolean {
  try {
    validateIndexSection(section);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(PlimsollError);
    expect(error instanceof PlimsollError && error.code).toBe('PLM_BUNDLE_INDEX');
    return true;
  }
}

test.each(['segment', 'advisories'])('a sound %s section passes', (type) => {
  expect(refused(sectionOf(type))).toBe(false);
});

test('a segment under another key is refused', () => {
  expect(refused({ ...sectionOf('segment'), key: 'PyPI' })).toBe(true);
});

test.each(['segment', 'advisories'])('a %s section cut off anywhere is refused', (type) => {
  const section = sectionOf(type);
  for (let length = 0; length < section.bytes.length; length += 7) {
    expect(refused({ ...section, bytes: section.bytes.slice(0, length) })).toBe(true);
  }
});

test('bytes after the last column are refused', () => {
  const section = sectionOf('segment');
  const longer = new Uint8Array(section.bytes.length + 8);
  longer.set(section.bytes);
  expect(refused({ ...section, bytes: longer })).toBe(true);
});

test('an altered segment is refused, or read without going out of bounds', () => {
  const section = sectionOf('segment');
  fc.assert(
    fc.property(fc.nat({ max: section.bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = section.bytes.slice();
      bytes[at] = (bytes[at] ?? 0) ^ change;
      if (refused({ ...section, bytes })) return;
      const segment = openSegment(bytes);
      const pairs = findRows(segment.columns, [{ name: nameKey('npm', 'package-1'), key: undefined }]);
      for (let i = 1; i < pairs.length; i += 2) {
        const row = pairs[i] ?? 0;
        expect(segment.entry(row).advisory).toBeTypeOf('string');
        segment.holds(row, '1.2.3', segment.positionOf('1.2.3'));
      }
    }),
    { numRuns: 400 },
  );
});

test('an altered section of records is refused, or fails on the record alone', () => {
  const section = sectionOf('advisories');
  fc.assert(
    fc.property(fc.nat({ max: section.bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = section.bytes.slice();
      bytes[at] = (bytes[at] ?? 0) ^ change;
      if (refused({ ...section, bytes })) return;
      const reader = openAdvisories(bytes);
      try {
        for (const id of reader.ids()) reader.read(id);
      } catch (error) {
        // Errors of zlib have a code; a defect of the reader has none.
        if (error instanceof SectionFormatError || (error instanceof Error && 'code' in error)) return;
        throw error;
      }
    }),
    { numRuns: 200 },
  );
});

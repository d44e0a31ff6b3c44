import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOsvRecord } from '../../src/bundle/feeds/osv-record.ts';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { openAdvisories } from '../../src/bundle/index/open-advisories.ts';
import { readImports } from '../../src/bundle/vulnerable-imports.ts';
import type { VulnerableImport } from '../../src/model/linked-code.ts';
import { advisory, affectedUntil } from '../support/advisories.ts';

/** What a bundle says of a package that records name in several ranges. */
function bundled(...ranges: readonly (readonly VulnerableImport[] | undefined)[]) {
  const builder = new IndexBuilder();
  const affected = ranges.map((imports, index) => ({
    ...affectedUntil('Go', 'example.com/a', `1.${index}.0`),
    ...(imports && { imports }),
  }));
  builder.add(advisory({ id: 'GO-1', source: 'osv/Go', affected }));
  const section = builder.finish().find(({ type }) => type === 'advisories');
  return section && openAdvisories(section.bytes).read('GO-1')?.affected;
}

describe('vulnerable parts of a package', () => {
  it('are read from the records of the Go vulnerability database', () => {
    const reading = readOsvRecord(
      Buffer.from(
        JSON.stringify({
          id: 'GO-2026-1',
          modified: '2026-01-01T00:00:00Z',
          affected: [
            {
              package: { ecosystem: 'Go', name: 'stdlib' },
              ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.20.1' }] }],
              ecosystem_specific: {
                imports: [
                  { path: 'net/http', symbols: ['b', 'a'], goos: ['windows'] },
                  { path: 'net', symbols: [] },
                ],
              },
            },
          ],
        }),
      ),
      'osv/Go',
    );
    expect('advisory' in reading && reading.advisory.affected.map(({ imports }) => imports)).toEqual([
      [{ path: 'net/http', symbols: ['a', 'b'], goos: ['windows'] }, { path: 'net' }],
    ]);
  });

  it('are those of all ranges of the package', () =>
    expect(bundled([{ path: 'a/x', symbols: ['F'] }], [{ path: 'a/y' }])).toEqual([
      { ecosystem: 'Go', name: 'example.com/a', imports: [{ path: 'a/x', symbols: ['F'] }, { path: 'a/y' }] },
    ]));

  it('are not known where one range does not name them', () =>
    expect(bundled([{ path: 'a/x' }], undefined)).toEqual([{ ecosystem: 'Go', name: 'example.com/a' }]));

  const refused: readonly (readonly [title: string, value: unknown])[] = [
    ['no list', { path: 'a' }],
    ['an empty list', []],
    ['a part without a path', [{ path: 'a' }, { symbols: ['F'] }]],
    ['symbols that are no texts', [{ path: 'a', symbols: ['F', 1] }]],
    ['a system that is no list', [{ path: 'a', goos: 'windows' }]],
  ];
  for (const [title, value] of refused) {
    it(`are all of the package for ${title}`, () => expect(readImports(value)).toBeUndefined());
  }

  it('are read without an error from whatever is there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const imports = readImports(value);
        return imports === undefined || imports.every(({ path }) => path !== '');
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOsvRecord } from '../../../src/bundle/feeds/osv-record.ts';

function read(record: unknown) {
  return readOsvRecord(Buffer.from(JSON.stringify(record)), 'osv/npm');
}

const affected = [
  { package: { ecosystem: 'npm', name: 'a' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
];

describe('OSV records', () => {
  it('keep what matching uses', () => {
    const record = {
      id: 'GHSA-1',
      modified: '2026-01-02T03:04:05.678Z',
      published: '2026-01-01T00:00:00+02:00',
      aliases: ['CVE-1', 'CVE-1', 7],
      related: ['CVE-2'],
      summary: 'Important: a flaw',
      severity: [
        { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' },
        { type: 'OTHER', score: 'x' },
      ],
      database_specific: { cwe_ids: ['CWE-79', 'nonsense'] },
      references: [{ type: 'WEB', url: 'https://example.org/a' }],
      affected: [
        {
          package: { ecosystem: 'npm', name: 'a' },
          ranges: [
            { type: 'GIT', events: [{ introduced: '0' }] },
            {
              type: 'SEMVER',
              events: [{ introduced: '0' }, { fixed: '1.2.3' }, { introduced: '2.0.0' }, { last_affected: '2.1.0' }],
            },
          ],
          versions: ['1.0.0'],
          ecosystem_specific: { urgency: 'high' },
        },
      ],
    };
    expect(read(record)).toEqual({
      advisory: {
        id: 'GHSA-1',
        source: 'osv/npm',
        aliases: ['CVE-1'],
        related: ['CVE-2'],
        upstream: [],
        published: '2025-12-31T22:00:00Z',
        modified: '2026-01-02T03:04:05Z',
        summary: 'Important: a flaw',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }],
        severityWord: 'Important',
        cwes: ['CWE-79'],
        references: ['https://example.org/a'],
        affected: [
          {
            ecosystem: 'npm',
            name: 'a',
            versions: ['1.0.0'],
            ranges: [
              {
                type: 'SEMVER',
                events: [{ introduced: '0' }, { fixed: '1.2.3' }, { introduced: '2.0.0' }, { lastAffected: '2.1.0' }],
              },
            ],
            qualifiers: { severity: 'high' },
          },
        ],
      },
    });
  });

  it.each([
    ['not JSON', '{'],
    ['not JSON', '[]'],
    ['no id', '{"affected":[]}'],
    ['no affected package', '{"id":"X","affected":[{"package":{"name":"a"}}]}'],
    [
      'no comparable range',
      '{"id":"X","affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"GIT","events":[]}]}]}',
    ],
  ])('are skipped for the reason "%s"', (reason, text) => {
    expect(readOsvRecord(Buffer.from(text), 'osv/npm')).toEqual({ skipped: reason });
  });

  it('keep prototypes and surrogates out', () => {
    const text =
      '{"id":"X\\ud800","__proto__":{"aliases":["evil"]},"affected":[{"package":{"ecosystem":"npm","name":"a"},"versions":["1"]}]}';
    const reading = readOsvRecord(Buffer.from(text), 'osv/npm');
    expect('advisory' in reading ? [reading.advisory.id, reading.advisory.aliases] : reading).toEqual(['X\ufffd', []]);
  });

  it('are read from any JSON without an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reading = read(
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? { id: 'X', affected, ...value }
            : value,
        );
        expect('skipped' in reading || reading.advisory.affected.length > 0).toBe(true);
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordAnalysis, restoreAnalysis } from '../../src/store/archive-record.ts';
import { imageOf, npmPackage } from './archive-fixtures.ts';

const recorded = recordAnalysis(imageOf('a:1', [npmPackage('lodash', '4.17.10')]));
const contents = [recorded.record, ...recorded.groups].map(({ content }) => Buffer.from(content).toString());

/** Restores the record with one text in place of another. */
async function restored(change: (text: string) => string): Promise<unknown> {
  const [record = '', group = ''] = contents.map(change);
  const blobs = new Map([
    [recorded.record.digest, record],
    [recorded.groups[0]?.digest ?? '', group],
  ]);
  return restoreAnalysis(recorded.record.digest, async (digest) => Buffer.from(blobs.get(digest) ?? ''));
}

describe('a record of another shape', () => {
  it('is restored as it was where nothing changed', async () => {
    expect(
      createHash('sha256')
        .update(contents[0] ?? '')
        .digest('hex'),
    ).toBe(recorded.record.digest);
    expect(await restored((text) => text)).toMatchObject({ packages: [{ name: 'lodash', state: 'present' }] });
  });

  it.each([
    ['no JSON', (text: string) => text.slice(1)],
    ['another version', (text: string) => text.replace('"version":1', '"version":2')],
    ['a position that is none', (text: string) => text.replace('[0,0]', '[0]')],
    ['a package without locations', (text: string) => text.replace(/"locations":\[.*?\]/, '"locations":[]')],
    ['a name that is no text', (text: string) => text.replace('"name":"lodash"', '"name":{}')],
    ['nested without end', () => '['.repeat(100_000)],
  ])('%s is refused', async (_name, change) => {
    await expect(restored(change)).rejects.toMatchObject({ code: 'PLM_ARCHIVE_DAMAGED' });
  });
});

import { expect, it } from 'vitest';
import { sectionsBundle } from '../../../src/bundle/sections-bundle.ts';
import { matchedAnalysis } from '../../../src/cli/archive/matched-analysis.ts';
import { archive, bundleOf, emptyArchive, imageOf, npmPackage } from '../../store/archive-fixtures.ts';

const DATES = JSON.stringify({ debian: [{ cycle: '12', eol: '2026-01-03', lts: false }] });

/** A bundle built on a day of January 2026 that knows when Debian 12 ends. */
function withDates(day: number) {
  const { info } = bundleOf(day - 1, []);
  return sectionsBundle([{ type: 'endoflife', key: '', bytes: Buffer.from(DATES) }], info);
}

it('an image archived without dates gets those of each bundle, as a scan would on that day', async () => {
  const store = emptyArchive();
  const analysis = imageOf('shop:1', [npmPackage('lodash', '4.17.10')]);
  const os = { id: 'debian', versionId: '12', prettyName: 'Debian 12' };
  await archive(store, { ...analysis, image: { ...analysis.image, os } });
  const [image] = await store.images({});
  if (image === undefined) throw new Error('nothing was archived');
  const told = [undefined, withDates(2), withDates(3)].map(async (bundle) => {
    const matched = await matchedAnalysis(store, image, bundle);
    return matched.image.os.eol;
  });
  expect(await Promise.all(told)).toEqual([
    undefined,
    { date: '2026-01-03', reached: false },
    { date: '2026-01-03', reached: true },
  ]);
});

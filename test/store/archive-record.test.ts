import { expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import { restoreAnalysis } from '../../src/store/archive-record.ts';
import { prepareImage } from '../../src/store/prepare-image.ts';
import { imageOf, npmPackage } from './archive-fixtures.ts';

const OWN: Problem = { code: 'PLM_NESTED_ENCRYPTED', detail: '/a.zip holds an encrypted member' };

function withProblems(...problems: readonly Problem[]): UnjudgedAnalysis {
  const analysis = imageOf('app', [npmPackage('lodash', '4.17.10')]);
  return { ...analysis, image: { ...analysis.image, kind: 'directory' }, problems };
}

function prepared(analysis: UnjudgedAnalysis) {
  return prepareImage(analysis, { labels: {}, at: '2026-01-05T00:00:00Z' });
}

it.each(['PLM_BUNDLE_STARTER', 'PLM_BUNDLE_ROLLED_BACK', 'PLM_BUNDLE_MISSING', 'PLM_COVERAGE_OS'] as const)(
  '%s is of the bundle of a day, and no part of the image',
  (code) => {
    const [image, other] = [withProblems(OWN), withProblems({ code, detail: 'of that day' }, OWN)].map(prepared);
    expect(other?.key).toBe(image?.key);
    expect(other?.record).toEqual(image?.record);
  },
);

it('what linkers left of a package is kept with the package and with what it is matched by', async () => {
  const linked = [{ names: 'AAAA', os: 'linux', architecture: 'amd64' }];
  const image = prepared(imageOf('app', [npmPackage('lodash', '4.17.10', { linked })]));
  const contents = new Map([image.record, ...image.groups].map(({ digest, content }) => [digest, content] as const));
  const { packages } = await restoreAnalysis(image.record.digest, async (digest) => contents.get(digest));
  expect([packages[0]?.linked, image.components[0]?.component.package.linked]).toEqual([linked, linked]);
});

it('the end of life of its distribution is told by the bundle of a day, too', () => {
  const analysis = withProblems();
  const os = { id: 'debian', versionId: '12', prettyName: 'Debian 12' };
  const [image, other] = [os, { ...os, eol: { date: '2028-06-30', reached: false } }].map((known) =>
    prepared({ ...analysis, image: { ...analysis.image, os: known } }),
  );
  expect(other?.record).toEqual(image?.record);
});

it('what an earlier version kept of a bundle is left out when it is read', async () => {
  const image = prepared(withProblems(OWN));
  const text = new TextDecoder()
    .decode(image.record.content)
    .replace('"problems":[', '"problems":[{"code":"PLM_BUNDLE_MISSING","detail":"nothing was matched"},');
  const contents = new Map(image.groups.map(({ digest, content }) => [digest, content]));
  contents.set('old', Buffer.from(text));
  const { problems } = await restoreAnalysis('old', async (digest) => contents.get(digest));
  expect(problems).toEqual([OWN]);
});

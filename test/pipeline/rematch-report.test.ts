import { expect, it } from 'vitest';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { rematchReport } from '../../src/pipeline/rematch-report.ts';
import { unjudged, vulnerability } from '../policy/judged-analysis.ts';
import { advisory, affectedUntil, installed } from '../support/advisories.ts';
import { memoryBundle } from '../support/memory-bundle.ts';

const PACKAGE = installed({ type: 'npm', name: 'lodash', version: '4.0.0' });
const REPORT = unjudged({
  packages: [PACKAGE],
  vulnerabilities: [
    vulnerability('GHSA-1', 'x', { packageId: PACKAGE.id, suppressed: { reason: 'not-linked' } }),
    vulnerability('GHSA-withdrawn', 'x', { packageId: PACKAGE.id }),
  ],
  problems: [
    { code: 'PLM_FILE_DAMAGED', path: '/a', detail: 'cut off' },
    { code: 'PLM_BUNDLE_STARTER', detail: 'only the starter set' },
  ],
});
const LOST = { code: 'PLM_FILE_DAMAGED', path: '/a', detail: 'cut off' };

it('judges the packages of a report by other advisories, and keeps what only its image could tell', () => {
  const builder = new IndexBuilder();
  for (const id of ['GHSA-1', 'GHSA-2'])
    builder.add(advisory({ id, affected: [affectedUntil('npm', 'lodash', '4.1.0')] }));
  const { vulnerabilities, problems, bundle } = rematchReport(REPORT, memoryBundle(builder.finish()));
  expect([vulnerabilities.map(({ id, suppressed }) => [id, suppressed?.reason]), problems, bundle?.channel]).toEqual([
    [
      ['GHSA-1', 'not-linked'],
      ['GHSA-2', undefined],
    ],
    [LOST],
    'test',
  ]);
});

it('leaves no finding of another database where there is none', () => {
  const { vulnerabilities, problems, bundle } = rematchReport(REPORT, undefined);
  expect([vulnerabilities, problems, bundle]).toEqual([[], [LOST], undefined]);
});

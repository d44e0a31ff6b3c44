import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ImageVerdict, judgeImages, nameVerdicts } from '../../../src/cli/archive/judge-images.ts';
import type { ArchiveStore } from '../../../src/store/archive-store.ts';
import { currentAnalysis } from '../../../src/store/current-analysis.ts';
import { archive, bundleOf, emptyArchive, imageOf, npmPackage, temporaryFolder } from '../../store/archive-fixtures.ts';

const LODASH = { id: 'GHSA-1', ecosystem: 'npm', name: 'lodash', fixed: '4.17.21', severity: 'HIGH' };

async function archived(): Promise<ArchiveStore> {
  const store = emptyArchive();
  await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]));
  return store;
}

async function judge(
  store: ArchiveStore,
  options: Readonly<Record<string, unknown>>,
  bundle: Parameters<typeof bundleOf>,
  told = 0,
): Promise<readonly Pick<ImageVerdict, 'verdict' | 'failedGates' | 'changes'>[]> {
  const verdicts = await judgeImages({ _: [], $0: '', ...options }, store, {
    bundle: bundleOf(...bundle),
    now: new Date('2026-01-10T00:00:00Z'),
    told,
  });
  return verdicts.map(({ verdict, failedGates, changes }) => ({ verdict, failedGates, changes }));
}

it('judges nothing where neither gates nor rules are given', async () => {
  expect(await judge(await archived(), {}, [1, [LODASH]])).toEqual([]);
});

it('required coverage alone is a reason to judge', async () => {
  expect(await judge(await archived(), { 'require-coverage': true }, [1, []])).toEqual([
    { verdict: 'fail', failedGates: ['coverage'], changes: [] },
  ]);
});

it('tells a changed verdict again until it was told', async () => {
  const store = await archived();
  const gate = { 'fail-on': 'high' };
  await judge(store, gate, [1, [{ ...LODASH, severity: 'LOW' }]]);
  const failed = { verdict: 'fail', failedGates: ['fail-on'] };
  const change = { kind: 'verdict', cause: 'findings-changed', detail: { from: 'pass', to: 'fail' } };
  expect(await judge(store, gate, [2, [LODASH]])).toEqual([{ ...failed, changes: [change] }]);
  expect(await judge(store, gate, [2, [LODASH]])).toEqual([{ ...failed, changes: [change] }]);
  const told = (await store.events({})).at(-1)?.sequence;
  expect(await judge(store, gate, [2, [LODASH]], told)).toEqual([{ ...failed, changes: [] }]);
});

it('a verdict that another baseline changed was changed by the policy', async () => {
  const store = emptyArchive();
  const [image, bundle] = [imageOf('shop:1', [npmPackage('lodash', '4.17.10')]), bundleOf(1, [LODASH])];
  await archive(store, image, bundle);
  const baseline = join(temporaryFolder(), 'baseline.json');
  const known = await currentAnalysis(store, image.image.configDigest);
  writeFileSync(baseline, JSON.stringify(known));
  const options = { 'fail-on': 'high', baseline };
  expect(await judge(store, options, [1, [LODASH]])).toEqual([{ verdict: 'pass', failedGates: [], changes: [] }]);
  writeFileSync(baseline, JSON.stringify({ ...known, vulnerabilities: [] }));
  const [judged] = await judge(store, options, [1, [LODASH]]);
  expect(judged?.changes.map(({ kind, cause }) => [kind, cause])).toEqual([
    ['suppression', 'suppression-withdrawn'],
    ['verdict', 'policy-changed'],
  ]);
});

it('names images that did not pass with their gates, made safe for a terminal', () => {
  const lines: string[] = [];
  const image = { image: 'sha256:a', changes: [] };
  nameVerdicts(
    [
      { ...image, verdict: 'pass', failedGates: [] },
      { ...image, verdict: 'warn', failedGates: ['coverage'] },
      { ...image, ref: 'shop\u001b[31m:1', verdict: 'fail', failedGates: ['fail-on', 'coverage'] },
    ],
    { write: (text) => lines.push(text) },
  );
  expect(lines).toEqual(['warn sha256:a: coverage\n', 'fail shop\\x1b[31m:1: fail-on, coverage\n']);
});

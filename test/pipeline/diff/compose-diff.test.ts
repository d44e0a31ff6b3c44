import { expect, it } from 'vitest';
import { analyzeWithFiles } from '../../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import type { ImageDiff } from '../../../src/model/image-diff.ts';
import { composeDiff } from '../../../src/pipeline/diff/compose-diff.ts';
import { isSame } from '../../../src/pipeline/diff/is-same.ts';
import { pairFindings } from '../../../src/pipeline/diff/paired-findings.ts';
import { SCANNERS } from '../../../src/pipeline/scanner.ts';
import type { UnjudgedAnalysis } from '../../../src/policy/gates/evaluate.ts';
import { unjudged } from '../../policy/judged-analysis.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from '../../support/image-builder.ts';

const JUDGED = { version: '0', history: false, policy: { verdict: 'pass', gates: [] } } as const;
const NO_FILES = { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] };

/** Made up: the shape of an access key, none was ever issued. */
const KEY = 'AKIAZ5GMXQ6LB2NCTY7D';

async function compare(...layers: readonly LayerLiteral[]): Promise<ImageDiff> {
  using folder = temporaryFolder();
  const options = { limits: DEFAULT_LIMITS, scanners: new Set(SCANNERS), workers: 0, version: '0' };
  const sides = layers.map(async (layer, index) => {
    const location = folder.write(`${index}.tar`, archive(ociLayout({ layers: [layer], tag: `app:${index}` })));
    const { analysis, files } = await analyzeWithFiles(location, options);
    return { location: `${index}.tar`, analysis, files };
  });
  const [before, after] = await Promise.all(sides);
  if (before === undefined || after === undefined) throw new Error('no sides');
  return composeDiff(before, after, { pairs: pairFindings(before.analysis, after.analysis), options: JUDGED });
}

it('shows no secret that stands in a path', async () => {
  const diff = await compare({ '/srv/open.txt': 'a' }, { '/srv/open.txt': 'a', [`/srv/${KEY}.txt`]: 'plain' });
  expect(diff.files).toEqual([{ path: '/srv/***.txt', change: 'added', type: 'file', sizeAfter: 5, layerAfter: 0 }]);
  expect(JSON.stringify(diff)).not.toContain(KEY);
});

it('finds nothing in an image and itself, and says what it could not look at', async () => {
  const layer = { '/app/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}' };
  const diff = await compare(layer, layer);
  expect([isSame(diff), diff.notCompared]).toEqual([
    true,
    [{ part: 'vulnerabilities', why: 'no advisory database was used on either side' }],
  ]);
});

it('compares changed files of packages only where both sides looked for them', () => {
  const integrity = { checked: 1, withoutDigest: 0, modified: [] };
  const changed = {
    id: 'PLM-C025',
    aliases: [],
    title: 't',
    severity: 'medium',
    evidence: 'md5 2, not 1 of a 1',
    path: '/bin/a',
    remediation: 'r',
  } as const;
  const verified = unjudged({ files: { ...NO_FILES, integrity }, misconfigurations: [changed] });
  const unverified = unjudged({ files: NO_FILES });
  const diff = (before: UnjudgedAnalysis, after: UnjudgedAnalysis) =>
    composeDiff(
      { location: 'a', analysis: before },
      { location: 'b', analysis: after },
      { pairs: pairFindings(before, after), options: JUDGED },
    );
  expect(diff(unverified, verified).misconfigurations?.new).toEqual([]);
  expect(diff(unverified, verified).notCompared).toContainEqual({ part: 'integrity', why: 'not verified before' });
  expect(diff(verified, unverified).notCompared).toContainEqual({ part: 'integrity', why: 'not verified after' });
  const both = diff(unjudged({ files: { ...NO_FILES, integrity } }), verified);
  expect(both.misconfigurations?.new.map(({ id }) => id)).toEqual(['PLM-C025']);
  expect(both.notCompared.map(({ part }) => part)).not.toContain('integrity');
});

it('files on lists of known bad ones are compared where both sides looked for them', () => {
  const listed = {
    id: 'PLM-C026',
    aliases: [],
    title: 't',
    severity: 'critical',
    evidence: 'worm, sha256 1',
    path: '/bin/a',
    remediation: 'r',
  } as const;
  const bad = unjudged({ files: { ...NO_FILES, known: [] }, misconfigurations: [listed] });
  const unknown = unjudged({ files: NO_FILES });
  const clean = unjudged({ files: { ...NO_FILES, known: [] } });
  const diff = (before: UnjudgedAnalysis, after: UnjudgedAnalysis) => {
    const { misconfigurations, notCompared } = composeDiff(
      { location: 'a', analysis: before },
      { location: 'b', analysis: after },
      { pairs: pairFindings(before, after), options: JUDGED },
    );
    const { fixed = [], new: added = [] } = misconfigurations ?? {};
    return [fixed, added, notCompared.filter(({ part }) => part === 'known')].map((list) => list.length);
  };
  const other = { ...bad, misconfigurations: [{ ...listed, evidence: 'miner, sha256 2' }] };
  expect([diff(bad, unknown), diff(unknown, bad), diff(bad, clean), diff(clean, bad), diff(bad, other)]).toEqual([
    [0, 0, 1],
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
  ]);
});

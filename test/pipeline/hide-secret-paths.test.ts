import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { hideSecretPaths } from '../../src/pipeline/hide-secret-paths.ts';
import { SCANNERS } from '../../src/pipeline/scanner.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import { HEADER_NAME } from '../../src/secrets/stream-scanner.ts';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';

/** Made up: the shape of access keys, none was ever issued. */
const KEYS = ['AKIAZ5GMXQ6LB2NCTY7D', 'AKIAQ3EGRTYUIOP4ASDF'] as const;
const LAYERS = [
  {
    [`srv/${KEYS[0]}/setuid`]: { content: 'x', mode: 0o4755 },
    [`srv/${KEYS[0]}/node_modules/left-pad/package.json`]: '{"name":"left-pad","version":"1.3.0"}',
    [`srv/${KEYS[0]}.txt`]: `aws_access_key_id = ${KEYS[1]}\n`,
    [`srv/${KEYS[1]}.txt`]: 'plain\n',
    'srv/open.txt': 'plain\n',
  },
  { [`srv/.wh.${KEYS[1]}.txt`]: '' },
];

const folder = temporaryFolder();
let analysis: UnjudgedAnalysis;

beforeAll(async () => {
  const path = `${folder.path}/image.tar`;
  writeFileSync(path, archive(ociLayout({ layers: LAYERS })));
  const options: AnalyzeOptions = {
    limits: DEFAULT_LIMITS,
    scanners: new Set(SCANNERS),
    workers: 0,
    version: '0',
    includeFiles: true,
  };
  analysis = await analyzeImage(path, options);
});

afterAll(() => folder[Symbol.dispose]());

describe('hideSecretPaths', () => {
  it('returns the same object where no path holds a secret', () => {
    expect(hideSecretPaths(analysis, [{ path: '/srv/open.txt', name: HEADER_NAME }])).toBe(analysis);
  });

  it.each(KEYS)('leaves %s nowhere in the report', (key) => {
    expect(JSON.stringify(analysis).includes(key)).toBe(false);
  });

  it('keeps paths apart that only differ in their secrets, and others as they are', () => {
    expect(analysis.files.all?.map(({ path }) => path)).toEqual([
      '/srv/***/node_modules/left-pad/package.json',
      '/srv/***/setuid',
      '/srv/***.txt#2',
      '/srv/open.txt',
    ]);
    expect(analysis.files.deleted.map(({ path }) => path)).toEqual(['/srv/***.txt']);
    expect(analysis.files.setuid.map(({ path }) => path)).toEqual(['/srv/***/setuid']);
    expect(analysis.packages.map(({ locations }) => locations.map(({ path }) => path))).toEqual([
      ['/srv/***/node_modules/left-pad/package.json'],
    ]);
  });
});

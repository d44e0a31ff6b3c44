import { expect, it } from 'vitest';
import { analyzeSbom } from '../src/analyze-sbom.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { parseHashLists } from '../src/pipeline/known-files/hash-list.ts';
import { temporaryFolder } from './support/image-builder.ts';

it('tells that an SBOM has no files to hold against digests, where that was asked for', async () => {
  using folder = temporaryFolder();
  const path = folder.write('sbom.json', Buffer.from('{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}'));
  const options = { limits: DEFAULT_LIMITS, scanners: new Set([]), workers: 0, version: '1' };
  const knownBad = parseHashLists([{ path: 'bad.txt', text: `${'0'.repeat(32)}\n` }]);
  const analyses = [{}, { verifyFiles: true }, { knownBad }].map((more) => analyzeSbom(path, { ...options, ...more }));
  const told = (await Promise.all(analyses)).map(({ problems }) =>
    problems.filter(({ code }) => code === 'PLM_FILES_UNVERIFIED').map(({ detail }) => detail),
  );
  const detail = 'an SBOM has no files: none could be verified, and no known bad ones be looked for';
  expect(told).toEqual([[], [detail], [detail]]);
});

import { expect, it } from 'vitest';
import { type OwnFinding, sharedFinding } from '../../src/store/component-finding.ts';
import { PackedFindings } from '../../src/store/packed-findings.ts';

function finding(id: string, version?: string): OwnFinding {
  const reason = {
    searched: 'name',
    name: 'a',
    segment: 'npm',
    scheme: 'semver',
    version: '',
    range: '>= 0',
    advisory: id,
  } as const;
  const shared = sharedFinding({
    id,
    aliases: [],
    advisories: [{ id, source: 'osv/npm' }],
    severity: 'high',
    status: 'affected',
    fixedIn: [],
    reasons: [reason],
    source: 'osv/npm',
  });
  return { shared, ...(version === undefined ? {} : { version }) };
}

it('gives back every batch as it was added, packed or not', () => {
  const batches = Array.from(
    { length: 20 },
    (_, number) =>
      new Map([
        [number * 10 + 3, [finding('GHSA-1', '1.0.0'), finding(`GHSA-${number}x`)]],
        [number * 10 + 1, []],
        [number * 10 + 2, [finding('GHSA-1', '')]],
      ]),
  );
  const packed = new PackedFindings();
  for (const batch of batches) packed.add(batch);
  packed.add(new Map());
  expect([[...packed], [...packed]]).toEqual([batches, batches]);
});

import { expect, it } from 'vitest';
import type { Analysis } from '../../../src/model/analysis.ts';
import { markKnown, pairFindings } from '../../../src/pipeline/diff/paired-findings.ts';
import { judge } from '../../../src/policy/apply-policy.ts';
import { debPackage, secret, unjudged, vulnerability } from '../../policy/judged-analysis.ts';

const NOW = new Date('2026-02-01T00:00:00Z');

/** What each failed gate over new findings met. */
function failing(before: Partial<Analysis>, after: Partial<Analysis>, history = false): readonly string[] {
  const [old, now] = [unjudged(before), unjudged(after)];
  const brought = markKnown(now, pairFindings(old, now), { before: 'old.tar', history });
  const options = { onlyNew: true, failOn: 'low', failOnSecrets: 'generic', history } as const;
  return judge(brought, options, NOW)
    .policy.gates.filter((gate) => !gate.passed)
    .map((gate) => `${gate.id}: ${gate.findings.join(' ')}`);
}

const KNOWN = vulnerability('CVE-1', 'openssl');
const ACCEPTED = { ...KNOWN, suppressed: { reason: 'ignored' } };
const HIDDEN = { ...KNOWN, state: 'deleted' } as const;
const HIDDEN_PACKAGE = [debPackage('openssl', { state: 'deleted' })];

it.each<[string, Partial<Analysis>, Partial<Analysis>, readonly string[]]>([
  ['what both have', { secrets: [secret()] }, { secrets: [secret({ path: '/moved' })] }, []],
  [
    'a flaw of a package that was there',
    {},
    { vulnerabilities: [KNOWN, vulnerability('CVE-2', 'zlib')] },
    ['fail-on-new: CVE-2'],
  ],
  ['a secret', {}, { secrets: [secret()] }, ['fail-on-new-secrets: aws-access-key']],
  ['a flaw that is accepted no more', { vulnerabilities: [ACCEPTED] }, {}, ['fail-on-new: CVE-1']],
  ['a flaw that is accepted now', {}, { vulnerabilities: [ACCEPTED] }, []],
  [
    'a flaw that only history held',
    { packages: HIDDEN_PACKAGE, vulnerabilities: [HIDDEN] },
    {},
    ['fail-on-new: CVE-1'],
  ],
  ['a flaw that only history holds', {}, { packages: HIDDEN_PACKAGE, vulnerabilities: [HIDDEN] }, []],
])('gates over what is new: %s', (_name, before, after, expected) => {
  expect(failing(before, after)).toEqual(expected);
});

it('what history held was there, where history counts', () => {
  expect(failing({ packages: HIDDEN_PACKAGE, vulnerabilities: [HIDDEN] }, {}, true)).toEqual([]);
});

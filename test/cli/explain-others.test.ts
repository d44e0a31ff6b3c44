import { expect, test } from 'vitest';
import { explainCheck } from '../../src/cli/explain/explain-check.ts';
import { explainSecret } from '../../src/cli/explain/explain-secret.ts';
import { checksNamed, indexReport, secretsNamed } from '../../src/cli/explain/report-index.ts';

const secret = { verdict: 'proven', fingerprint: 'f1a0c3', match: 'ghp_***' } as const;
const index = indexReport(
  JSON.stringify({
    schemaVersion: 1,
    image: { layers: [{ index: 0, createdBy: 'COPY secrets /' }] },
    secrets: [
      {
        ...secret,
        ruleId: 'github-pat',
        title: 'GitHub personal access token',
        source: 'file',
        path: '/app/.env',
        line: 4,
        layer: 0,
        state: 'deleted',
        removedIn: 2,
        proof: 'crc32',
      },
      { ...secret, ruleId: 'github-pat', source: 'env', name: 'TOKEN', suppressed: { reason: 'duplicate' } },
    ],
    misconfigurations: [
      {
        id: 'PLM-C001',
        aliases: ['CIS-DI-0001'],
        title: 'The container runs as root',
        severity: 'medium',
        evidence: 'the configuration names no user',
        remediation: 'Switch to a user.',
      },
    ],
  }),
  'report.json',
);

test.each(['github-pat', 'f1a0c3', 'F1A0C3'])('secrets in words, named by %s', (name) => {
  expect(secretsNamed(index, name).map((found) => explainSecret(found, index))).toEqual([
    [
      'GitHub personal access token (rule github-pat)',
      '',
      'Found in   /app/.env:4',
      'Layer      0, made by: COPY secrets /.',
      'State      deleted by layer 2, still readable in the image',
      'Looks like ghp_***, fingerprint f1a0c3',
      '',
      'Why it was reported',
      '  Proven by a checksum, by a key that works, or by what belongs to it in the image: crc32.',
      '',
      'What to do',
      '  Revoke it, then build the image so that no layer holds it: deleting it in a later layer does not help.',
    ],
    [
      'github-pat (rule github-pat)',
      '',
      'Found in   env TOKEN',
      'Looks like ghp_***, fingerprint f1a0c3',
      '',
      'Why it was reported',
      '  Proven by a checksum, by a key that works, or by what belongs to it in the image.',
      '  It does not count: duplicate.',
      '',
      'What to do',
      '  Revoke it, then build the image so that no layer holds it: deleting it in a later layer does not help.',
    ],
  ]);
});

test.each(['PLM-C001', 'plm-c001', 'cis-di-0001'])('an image check in words, named by %s', (name) => {
  expect(checksNamed(index, name).map((found) => explainCheck(found, index))).toEqual([
    [
      'PLM-C001 (also CIS-DI-0001)',
      'The container runs as root',
      '',
      'Why it was reported',
      '  Severity medium: the configuration names no user.',
      '',
      'What to do',
      '  Switch to a user.',
    ],
  ]);
});

import { expect, it } from 'vitest';
import { secretsTable } from '../../src/cli/secrets/secrets-table.ts';
import type { Secret } from '../../src/model/secret.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';

const secret: Secret = {
  ruleId: 'aws-access-key-id',
  title: 'AWS access key id',
  severity: 'high',
  verdict: 'proven',
  source: 'file',
  path: '/srv/a-rather-long-folder-name/of-an-application/credentials',
  line: 2,
  layer: 7,
  state: 'deleted',
  removedIn: 9,
  match: 'AKIA*** (16-31 bytes)',
  proof: 'account 123456789012, with its secret in the same file',
  fingerprint: 'f5f0d712748d3b7f913d9244',
};

it('cuts neither place nor fingerprint, which ignore rules need', async () => {
  let text = '';
  const sink = { write: (part: string) => (text += part) };
  const analysis = { ...analysisFixture(), secrets: [secret] };
  await secretsTable.write(analysis, sink, { columns: 80, color: false, showSuppressed: false, history: true });
  expect(text).toBe(`
proven (1)
  high     AWS access key id  AKIA*** (16-31 bytes)
           /srv/a-rather-long-folder-name/of-an-application/credentials:2, layer
           7, deleted in layer 9: still readable
           account 123456789012, with its secret in the same file ·
           f5f0d712748d3b7f913d9244
1 secret, 1 hidden by later layers and still readable

Coverage lost
  PLM_JAR_DAMAGED /app/broken.jar (layer 2): the central directory is cut off:
  packages inside were not read
`);
});

it('does not call a rule that accepts nothing lost coverage', async () => {
  let text = '';
  const sink = { write: (part: string) => (text += part) };
  const problems = [{ code: 'PLM_IGNORE_UNUSED', detail: 'rule a.yaml#1 accepts no finding of this image' }];
  await secretsTable.write({ ...analysisFixture(), secrets: [], problems }, sink, {
    columns: 80,
    color: false,
    showSuppressed: false,
    history: true,
  });
  expect(text).toBe('0 secrets\n\nPolicy files\n  PLM_IGNORE_UNUSED: rule a.yaml#1 accepts no finding of this image\n');
});

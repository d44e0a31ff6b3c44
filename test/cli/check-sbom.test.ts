import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

const BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { timestamp: '2026-01-31T00:00:00Z', authors: [{ name: 'Acme' }] },
  components: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ type: 'library', 'bom-ref': name, name, version: '1' })),
};

it('tells what is left out, and fails below the percentage asked for', () => {
  using folder = temporaryFolder();
  const path = folder.write('bom.json', Buffer.from(JSON.stringify(BOM)));
  expect(runSources(['check-sbom', path])).toEqual({
    status: 0,
    stderr: '',
    stdout: [
      `${path} (CycloneDX 1.6)`,
      'NTIA minimum elements (2021)',
      '',
      '  author        yes',
      '  timestamp     yes',
      '  supplier      0 of 5',
      ...['a 1', 'b 1', 'c 1', 'and 2 more (--missing)'].map((text) => `                  ${text}`),
      '  name          5 of 5',
      '  version       5 of 5',
      '  identifier    0 of 5',
      ...['a 1', 'b 1', 'c 1', 'and 2 more (--missing)'].map((text) => `                  ${text}`),
      '  relationship  0 of 5',
      ...['a 1', 'b 1', 'c 1', 'and 2 more (--missing)'].map((text) => `                  ${text}`),
      '',
      '4 of 7 elements are stated in full',
      '',
    ].join('\n'),
  });
  const gated = runSources(['check-sbom', path, '--min', '80', '--format', 'json']);
  expect([gated.status, gated.stderr, JSON.parse(gated.stdout).elements[2]]).toEqual([
    1,
    'failed: less than 80 % state supplier, identifier, relationship\n',
    { element: 'supplier', stated: 0, of: 5, missing: ['a 1', 'b 1', 'c 1', 'd 1', 'e 1'] },
  ]);
});

it('refuses what is no SBOM as scan does', () => {
  expect(runSources(['check-sbom', 'nowhere.json'])).toEqual({
    status: 3,
    stdout: '',
    stderr: 'PLM_INPUT_NOT_FOUND: there is no such file [nowhere.json]\n',
  });
  expect(runSources(['check-sbom', '/dev/zero']).stderr).toBe('PLM_SBOM_INVALID: a device holds no SBOM [/dev/zero]\n');
  expect(runSources(['check-sbom', 'package.json', '--limit', 'sbomBytes=10']).stderr).toMatch(/^PLM_LIMIT: /);
  expect(runSources(['check-sbom', 'package.json', '--min', '101']).status).toBe(2);
});

it('escapes what a name would do to a terminal, in the table and in JSON', () => {
  using folder = temporaryFolder();
  const components = [{ type: 'library', 'bom-ref': 'a', name: 'a\u202e\u009b31m', version: '1' }];
  const path = folder.write('bom.json', Buffer.from(JSON.stringify({ ...BOM, components })));
  const [table, json] = ['table', 'json'].map((format) => runSources(['check-sbom', path, '--format', format]).stdout);
  expect(table).toContain('a\\u202e\\x9b31m 1\n');
  expect(json).toContain('"a\\u202e\\u009b31m 1"');
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

/** The options that a help text offers. */
function offered(...words: readonly string[]): readonly string[] {
  return [...runSources([...words, '--help']).stdout.matchAll(/--([a-z-]+)/g)].map(([, name = '']) => name);
}

it.each([
  [['secrets'], ['scanners', 'fail-on', 'severity', 'ignore-unfixed', 'vex', 'require-coverage']],
  [
    ['base', 'add'],
    ['scanners', 'all-platforms', 'dockerfile', 'include-files', 'workers'],
  ],
])('%j offers no option that it has no use for', (words, useless) => {
  expect(offered(...words).filter((name) => useless.includes(name))).toEqual([]);
});

it('a gate on vulnerabilities in the settings file does not fail a search for secrets', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'plimsoll.yaml'), 'fail-on: high\nvex: nowhere.json\n');
  folder.write('a.txt', new Uint8Array());
  expect(runSources(['secrets', 'dir:a.txt'], { cwd: folder.path })).toEqual({
    status: 0,
    stdout: '0 secrets\n',
    stderr: '',
  });
});

it('tells the scanners a bill of materials is made with', () => {
  expect(runSources(['sbom', '--help']).stdout.replaceAll(/\s+/g, ' ')).toContain(
    'comma list of vuln,secret,config,license,file (default license)',
  );
});

it('scan finds secrets by own rules', () => {
  using folder = temporaryFolder();
  const image = folder.write(
    'image.tar',
    archive(ociLayout({ layers: [{ '/key': 'acme_0123456789abcdef' }], tag: 'app:1' })),
  );
  const rules = join(folder.path, 'rules.yaml');
  writeFileSync(rules, 'rules:\n  - {id: acme-key, title: ACME key, pattern: "acme_[0-9a-f]{16}"}\n');
  const run = runSources(['scan', image, '--scanners', 'secret', '--rules', rules, '--format', 'json']);
  const report: unknown = JSON.parse(run.stdout);
  expect(report).toMatchObject({ secrets: [{ ruleId: 'acme-key', path: '/key' }] });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

const FORMATS = ['sarif', 'junit', 'gitlab', 'markdown', 'html', 'csv', 'cyclonedx-json', 'spdx-json', 'json', 'table'];

it('a report is written in every other format as the scan would have written it', () => {
  using folder = temporaryFolder();
  const layers = [
    { '/app/package.json': '{"name":"lodash","version":"4.17.4"}', '/bin/su': { content: 'su', mode: 0o4755 } },
  ];
  const image = folder.write('image.tar', archive(ociLayout({ layers, tag: 'app:1' })));
  const outputs = (of: string): readonly string[] =>
    FORMATS.flatMap((format) => ['-o', `${format}=${join(folder.path, `${of}.${format}`)}`]);
  expect(runSources(['scan', image, '--fail-on-checks', 'low', '--quiet', ...outputs('scan')]).status).toBe(1);
  const report = join(folder.path, 'scan.json');
  expect(runSources(['policy', 'check', report, '--fail-on-checks', 'low', ...outputs('check')]).status).toBe(1);
  const texts = (of: string): readonly string[] =>
    FORMATS.map((format) => readFileSync(join(folder.path, `${of}.${format}`), 'utf8'));
  expect(texts('check')).toEqual(texts('scan'));
});

it.each([
  ['{', 'the report is no JSON document'],
  ['{"schemaVersion":2}', "this is no report of version 1: must have required property 'tool'"],
])('%s is no report', (text, message) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'r.json');
  writeFileSync(path, text);
  const { status, stderr } = runSources(['policy', 'check', path]);
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: `PLM_REPORT_INVALID: ${message} [${path}]; write one with: plimsoll scan IMAGE -o json=FILE\n`,
  });
});

it('a key that would sign nothing is refused', () => {
  expect(runSources(['policy', 'check', 'r.json', '--sign-key', 'k.pem', '-o', 'sarif=r.sarif'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'PLM_USAGE: --sign-key signs in-toto statements, and none is written; write one, as -o intoto-vuln=FILE\n',
  });
});

it('an author without a name is refused: SBOMs would name an organization that is none', () => {
  expect(runSources(['policy', 'check', 'r.json', '--author', ' ', '-o', 'spdx-json=r.spdx.json'])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'PLM_USAGE: --author names nobody\n',
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { ROOT, runSources } from '../support/run-plimsoll.ts';

function imageWith(version: string): Buffer {
  const layers = [{ '/app/node_modules/lodash/package.json': `{"name":"lodash","version":"${version}"}` }];
  return archive(ociLayout({ layers, tag: `app:${version}` }));
}

it('an SBOM is compared with an image or with another SBOM by its packages', () => {
  using folder = temporaryFolder();
  const [before, after] = ['1.0.0', '2.0.0'].map((version) => folder.write(`${version}.tar`, imageWith(version)));
  const sboms = [before, after].map((image, index) => {
    const file = join(folder.path, `${index}.json`);
    expect(runSources(['sbom', image ?? '', '-o', `spdx-json=${file}`]).status).toBe(0);
    return `sbom:${file}`;
  });
  const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'schema', 'diff-1.schema.json'), 'utf8'));
  if (typeof schema !== 'object' || schema === null) throw new Error('no schema');
  const check = new Ajv2020({ allErrors: true }).compile(schema);
  for (const second of [sboms[1] ?? '', after ?? '']) {
    const { status, stdout } = runSources(['diff', sboms[0] ?? '', second, '--format', 'json', '--exit-code']);
    const diff: unknown = JSON.parse(stdout);
    check(diff);
    expect([status, check.errors]).toEqual([1, null]);
    expect(diff).toMatchObject({
      packages: [{ type: 'npm', name: 'lodash', change: 'changed', before: ['1.0.0'], after: ['2.0.0'] }],
    });
    expect(diff).not.toHaveProperty('files');
  }
  expect(runSources(['diff', ...sboms]).stdout).toBe(
    [
      '- app:1.0.0',
      '+ app:2.0.0',
      'Mind  Only the starter set of advisories was used: import a full database for',
      '      real coverage.',
      '',
      'Vulnerabilities: none new, none fixed, 2 unchanged (starter set only)',
      '          critical  high',
      '  before         1     1',
      '  after          1     1',
      '',
      'Packages: 1 difference',
      '  ~ npm      lodash 1.0.0 -> 2.0.0',
      '',
      'Not compared',
      '  secrets, image checks, privileged files, configuration, files (an SBOM holds',
      '  none on either side)',
      '',
      'Problems',
      '  PLM_BUNDLE_STARTER  before and after: only the starter set of well-known',
      '  advisories was used: most vulnerabilities are not in it; import a full bundle',
      '',
    ].join('\n'),
  );
});

it('an SBOM that nobody signed is not compared where signers are demanded', () => {
  using folder = temporaryFolder();
  const key = folder.write(
    'key.pub',
    Buffer.from(generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' })),
  );
  const sbom = `sbom:${folder.write('a.json', Buffer.from('{"bomFormat":"CycloneDX","specVersion":"1.6"}'))}`;
  const run = runSources(['diff', sbom, sbom, '--image-key', key]);
  expect([run.status, /^PLM_\w+/.exec(run.stderr)?.[0]]).toEqual([5, 'PLM_IMAGE_UNSIGNED']);
});

it('layers of an SBOM are not compared', () => {
  expect(runSources(['diff', 'sbom:a.json', '--layers', '0:1'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'PLM_USAGE: an SBOM has neither files nor layers to read; name an image; scan, sbom, diff and archive add take SBOMs\n',
  });
});

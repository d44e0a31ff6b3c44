import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../../support/image-builder.ts';
import { runSources } from '../../support/run-plimsoll.ts';

it.each([
  ['archive add', (sbom: string, to: string) => ['archive', 'add', sbom, '--archive', to]],
  ['scan', (sbom: string, to: string) => ['scan', sbom, '--archive', to, '--format', 'csv']],
])('%s does not put an SBOM in the place of its image', (_name, command) => {
  using folder = temporaryFolder();
  const key = 'ghp_'.concat('0'.repeat(36));
  const image = folder.write(
    'image.tar',
    archive(ociLayout({ layers: [{ '/gone': 'x', '/key': key }, { '/.wh.gone': '' }], tag: 'app:1' })),
  );
  const [sbom, to] = ['sbom.json', 'archive'].map((name) => join(folder.path, name));
  expect(runSources(['archive', 'add', image, '--archive', to ?? '']).status).toBe(0);
  expect(runSources(['sbom', image, '-o', `cyclonedx-json=${sbom}`]).status).toBe(0);
  expect(runSources(command(`sbom:${sbom}`, to ?? '')).stderr).toContain(
    'warning: app:1 is archived as it was read from the image, with its secrets and hidden files: the SBOM did not take its place\n',
  );
  const exported = runSources(['archive', 'export', 'app:1', '--archive', to ?? '', '--format', 'json']).stdout;
  const report: unknown = JSON.parse(exported);
  expect(report).toMatchObject({
    image: { kind: 'oci-archive' },
    files: { deleted: [{ path: '/gone', size: 1, addedIn: 0, removedIn: 1, how: 'whiteout' }] },
  });
});

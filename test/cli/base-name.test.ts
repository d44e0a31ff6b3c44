import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

it('a report names the known base its image was built on', () => {
  using folder = temporaryFolder();
  const bottom = { '/etc/base': 'base' };
  const base = folder.write('base.tar', archive(ociLayout({ layers: [bottom] })));
  const image = folder.write('app.tar', archive(ociLayout({ layers: [bottom, { '/app': 'app' }] })));
  const bases = join(folder.path, 'bases.json');
  const added = runSources(['base', 'add', base, '--bases', bases, '--name', 'corp/base:1']);
  const report = runSources(['scan', image, '--scanners', 'file', '--bases', bases, '--format', 'json']);
  const { baseName, layers } = JSON.parse(report.stdout).image;
  expect([added.stdout, baseName, layers.map((layer: { base?: boolean }) => layer.base)]).toEqual([
    'corp/base:1: 1 layer\n',
    'corp/base:1',
    [true, undefined],
  ]);
  expect(runSources(['scan', image, '--scanners', 'file', '--bases', bases]).stdout).toContain(
    'Base image       corp/base:1, 1 of 2 layers\n',
  );
});

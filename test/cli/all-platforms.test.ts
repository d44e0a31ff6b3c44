import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

it('every platform gets a report file of its own', () => {
  using folder = temporaryFolder();
  const images = ['amd64', 'arm64', '../x'].map((architecture) => ({
    layers: [{ '/which': architecture }],
    platform: { os: 'linux', architecture },
  }));
  const image = folder.write('image.tar', archive(ociLayout(...images)));
  const run = runSources([
    'scan',
    image,
    '--all-platforms',
    '--scanners',
    'file',
    '-o',
    `json=${join(folder.path, 'r.json')}`,
  ]);
  const written = readdirSync(folder.path).filter((name) => name !== 'image.tar');
  const reports = written.map((name): unknown => JSON.parse(readFileSync(join(folder.path, name), 'utf8')));
  expect([run.status, run.stdout, run.stderr, written]).toEqual([
    0,
    '',
    '',
    ['r.linux-..-x.json', 'r.linux-amd64.json', 'r.linux-arm64.json'],
  ]);
  expect(reports).toMatchObject([
    { image: { platform: { architecture: '../x' } } },
    { image: { platform: { architecture: 'amd64' } } },
    { image: { platform: { architecture: 'arm64' } } },
  ]);
});

it('a folder has no platform to be named by', () => {
  using folder = temporaryFolder();
  folder.write('a', Buffer.from('text'));
  using out = temporaryFolder();
  const report = join(out.path, 'r.json');
  const run = runSources([
    'scan',
    `dir:${folder.path}`,
    '--all-platforms',
    '--scanners',
    'file',
    '-o',
    `json=${report}`,
  ]);
  expect([run.status, run.stderr, readdirSync(out.path)]).toEqual([0, '', ['r.json']]);
});

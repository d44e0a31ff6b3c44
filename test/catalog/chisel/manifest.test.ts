import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/chisel/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const MANIFEST = '/var/lib/chisel/manifest.wall';
const HEX = 'ab'.repeat(32);
const wall = (records: readonly object[], count = records.length + 1): Buffer =>
  zstdCompressSync(
    Buffer.from(
      [{ jsonwall: '1.0', schema: '1.0', count }, ...records].map((one) => `${JSON.stringify(one)}\n`).join(''),
    ),
  );
const openssl = { kind: 'package', name: 'openssl', version: '3.0.13-0ubuntu3', sha256: HEX, arch: 'amd64' };

describe('chisel manifest', () => {
  it('reads packages and the files of their slices', () => {
    const records = [
      openssl,
      { kind: 'slice', name: 'openssl_bins' },
      { kind: 'path', path: '/usr/bin/', mode: '0755', slices: ['openssl_bins'] },
      {
        kind: 'path',
        path: '/usr/bin/openssl',
        mode: '0755',
        slices: ['openssl_bins', 'openssl_data'],
        sha256: 'cd',
        final_sha256: HEX,
      },
      { kind: 'path', path: '/usr/bin/link', slices: ['base-files_bin'], link: 'x' },
      { kind: 'content', slice: 'openssl_bins', path: '/usr/bin/openssl' },
    ];
    expect(runDetectors(detectors, { [MANIFEST]: wall(records) })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'deb',
          ofDistro: true,
          name: 'openssl',
          version: '3.0.13-0ubuntu3',
          arch: 'amd64',
          hashes: [{ algorithm: 'sha256', value: HEX }],
          properties: { chiselled: 'true' },
        },
      },
      {
        kind: 'owned-file',
        owner: { identity: { type: 'deb', name: 'openssl' } },
        path: '/usr/bin/openssl',
        digest: { algorithm: 'sha256', value: HEX },
      },
      { kind: 'owned-file', owner: { identity: { type: 'deb', name: 'base-files' } }, path: '/usr/bin/link' },
    ]);
  });

  it('is a problem when it is empty, truncated or no zstd', () => {
    const whole = wall([openssl]);
    const detail =
      'PLM_DATABASE_DAMAGED: the manifest does not decompress: packages cut by chisel are not in this report';
    expect(problemsOf(runDetectors(detectors, { [MANIFEST]: wall([]) }))[0]).toMatch(/^PLM_DATABASE_EMPTY/);
    expect(problemsOf(runDetectors(detectors, { [MANIFEST]: whole.subarray(0, -9) }))).toEqual([detail]);
    expect(problemsOf(runDetectors(detectors, { [MANIFEST]: 'no zstd' }))).toEqual([detail]);
    expect(
      problemsOf(
        runDetectors(
          detectors,
          { [MANIFEST]: zstdCompressSync(Buffer.alloc(9_000_000)) },
          { limits: { capturedFileBytes: 1000 } },
        ),
      ),
    ).toEqual([detail]);
  });

  it('reads all frames', () => {
    const second = zstdCompressSync(`${JSON.stringify({ ...openssl, name: 'curl' })}\n`);
    const found = runDetectors(detectors, { [MANIFEST]: Buffer.concat([wall([openssl], 3), second]) });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['openssl', 'curl']);
    expect(problemsOf(found)).toEqual([]);
  });

  it('counts the records that a cut hides', () => {
    const found = runDetectors(detectors, { [MANIFEST]: wall([openssl], 7) });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['openssl']);
    expect(problemsOf(found)).toEqual([
      'PLM_DATABASE_DAMAGED: 5 announced records are missing: packages may be missing with them',
    ]);
  });

  it('survives records of other shapes', () => {
    const found = runDetectors(detectors, {
      [MANIFEST]: wall([
        { kind: 'package', name: 7 },
        { kind: 'path', path: 'relative' },
        { kind: 'path', slices: 'x', path: '/a' },
        openssl,
      ]),
    });
    expect(packagesOf(found).map((one) => one.name)).toEqual(['openssl']);
  });

  it('states the packages as of each layer', () => {
    const [manifest] = detectors;
    if (manifest === undefined) throw new Error('no detector');
    const layers = runLayers(manifest, [
      { [MANIFEST]: wall([openssl]) },
      { [MANIFEST]: wall([{ ...openssl, version: '4' }]) },
      { [MANIFEST]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([
      ['3.0.13-0ubuntu3'],
      ['4'],
      [],
    ]);
  });
});

import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openImage } from '../../src/image/open-image.ts';
import { createCaptureRoom } from '../../src/layers/capture-room.ts';
import { DEFAULT_LIMITS, type Limits, withLimits } from '../../src/limits.ts';
import { analyzeLayer } from '../../src/pool/analyze-layer.ts';
import { cpio } from '../support/cpio-builder.ts';
import { archive, type LayerLiteral, layerTar, ociLayout, temporaryFolder } from '../support/image-builder.ts';
import { rpmPackage } from '../support/rpm-package-builder.ts';
import { xzStream } from '../support/xz-builder.ts';

/** Names and problems of what is found in an image of one layer. */
async function finds(layer: LayerLiteral, limits: Limits = DEFAULT_LIMITS) {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers: [layer] })));
  const image = await openImage(path, { limits });
  try {
    const [source] = image.layers;
    if (source === undefined) throw new Error('no layer');
    const task = {
      source,
      captureRoom: createCaptureRoom(),
      decodeHere: false,
      progress: new SharedArrayBuffer(8),
    };
    const { detections } = await analyzeLayer(task, { settings: { limits, packages: true, secrets: true } });
    return {
      packages: detections.packages.map(({ draft }) => draft.name),
      problems: detections.problems.map((problem) => `${problem.path} ${problem.code}`),
    };
  } finally {
    await image.close();
  }
}

const PACKAGE_JSON = JSON.stringify({ name: 'harbour', version: '1.2.3' });
const MODULE = 'usr/lib/node_modules/harbour/package.json';

describe('analyzeLayer: archives', () => {
  it('finds packages in xz data', async () =>
    expect(await finds({ '/data.tar.xz': xzStream([layerTar({ [MODULE]: PACKAGE_JSON })]) })).toEqual({
      packages: ['harbour'],
      problems: [],
    }));

  it('looks into the payload of an rpm, and takes nothing in it for installed', async () => {
    const payload = (path: string) => rpmPackage(xzStream([cpio({ path, content: PACKAGE_JSON })]));
    expect(await finds({ '/payload': payload(`./${MODULE}`) })).toEqual({ packages: ['harbour'], problems: [] });
    expect(await finds({ '/var/cache/a.rpm': payload(`./${MODULE}`) })).toEqual({ packages: [], problems: [] });
  });

  it.each([
    `/root/.cache/pip/http-v2/0/2/a/b/c/${'02abc'.padEnd(56, '0')}.body`,
    `/root/.npm/_cacache/content-v2/sha512/dc/70/${'0d97'.padEnd(124, '0')}`,
    '/root/.local/share/NuGet/http-cache/5e1c/list_x/nupkg_x.1.0.0.dat',
    `/root/.cache/composer/files/psr/log/${'7c'.repeat(20)}.zip`,
    '/opt/conda/pkgs/nodejs-18.16.0-h2d74bed_1.conda',
  ])('takes nothing for installed in a download that a package manager keeps: %s', async (path) => {
    const download = zipSync({
      [MODULE]: strToU8(PACKAGE_JSON),
      'x-1.dist-info/METADATA': strToU8('Name: x\nVersion: 1\n'),
    });
    expect(await finds({ [path]: download })).toEqual({ packages: [], problems: [] });
    expect(await finds({ '/srv/app.pyz': download })).toEqual({ packages: ['harbour', 'x'], problems: [] });
  });

  it('does not list the packages of another system that lies in an archive', async () => {
    const status = 'Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2\n\n';
    expect(
      await finds({ '/opt/rootfs.tar': layerTar({ 'var/lib/dpkg/status': status, [MODULE]: PACKAGE_JSON }) }),
    ).toEqual({
      packages: ['harbour'],
      problems: ['/opt/rootfs.tar!/var/lib/dpkg/status PLM_NESTED_UNSUPPORTED'],
    });
  });

  it('looks into small archives as long as all of them together stay below the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(600_000));
    const layer = { '/a.gz': bomb, '/b.gz': bomb, '/c.zip': zipSync({ [MODULE]: strToU8(PACKAGE_JSON) }) };
    expect(await finds(layer, withLimits({ nestedBytes: 1_000_000 }))).toEqual({
      packages: ['harbour'],
      problems: ['/b.gz PLM_NESTED_LIMIT'],
    });
  });

  it('charges for every archive it opens, however little is in it', async () => {
    const inner = zipSync({ 'a.txt': strToU8('a') });
    const fan = zipSync(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}.zip`, inner])));
    expect(await finds({ '/fan.zip': fan }, withLimits({ nestedBytes: 500_000 }))).toEqual({
      packages: [],
      problems: ['/fan.zip PLM_NESTED_LIMIT'],
    });
  });

  it('looks for no archive in a plain script, however deep it lies', async () => {
    const script = strToU8('#!/bin/sh\nexit 0\n');
    const application = Buffer.concat([script, zipSync({ [MODULE]: strToU8(PACKAGE_JSON) })]);
    const files = { '/app.zip': zipSync({ 'run.sh': script, 'app.pyz': application }), '/app.pyz': application };
    expect(await finds(files, withLimits({ nestedDepth: 1 }))).toEqual({
      packages: ['harbour'],
      problems: ['/app.zip!/app.pyz PLM_NESTED_LIMIT'],
    });
  });

  it('says once what it does not hold because it cannot look into it', async () => {
    const files = { '/big.xz': xzStream(['x'.repeat(2000)]), '/a.bz2': Buffer.from('BZh91AY&SY...') };
    expect(await finds(files, withLimits({ nestedMemberBytes: 4000 }))).toEqual({
      packages: [],
      problems: ['/big.xz PLM_NESTED_LIMIT', '/a.bz2 PLM_NESTED_UNSUPPORTED'],
    });
  });
});

import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/kernel/detector.ts';
import { packagesOf, runDetectors, runLayers } from '../../support/detector-harness.ts';
import { buildElf } from '../../support/executable-builder.ts';
import { xzStream } from '../../support/xz-builder.ts';

const MODULE = '/usr/lib/modules/6.1.0-18-amd64/kernel/drivers/net/dummy-net.ko';
const MIB = 1 << 20;

function bootImage(release: string): Buffer {
  const image = Buffer.alloc(MIB);
  image.write('HdrS', 0x202, 'latin1');
  image.writeUInt16LE(0x3000, 0x20e);
  image.write(`${release} (build@host) #1 SMP\0`, 0x3200, 'latin1');
  return image;
}

function bannerImage(text: string): Buffer {
  const image = Buffer.alloc(MIB);
  image.write(text, 5000, 'latin1');
  return image;
}

const moduleOf = (fields: string): Buffer =>
  Buffer.from(buildElf({ '.modinfo': Buffer.from(fields.replaceAll('\n', '\0')) }));
const versionsOf = (tree: Record<string, Uint8Array | string>): string[] =>
  packagesOf(runDetectors(detectors, tree)).map((one) => `${one.name} ${one.version}`);

describe('kernel images', () => {
  it('are known by the boot header', () => {
    expect(runDetectors(detectors, { '/boot/vmlinuz-6.1.0-18-amd64': bootImage('6.1.0-18-amd64') })).toEqual([
      {
        kind: 'package',
        package: { type: 'generic', name: 'linux-kernel', version: '6.1.0-18-amd64', unlessOwned: true },
      },
      { kind: 'fact', name: 'kernel-release', value: '6.1.0-18-amd64' },
    ]);
  });

  it('are known by the banner, compressed or not, format strings passed over', () => {
    const image = bannerImage('Linux version %s\0Linux version 5.15.3-arm64 (x@y) gcc');
    expect(versionsOf({ '/boot/Image': image })).toEqual(['linux-kernel 5.15.3-arm64']);
    expect(versionsOf({ '/boot/vmlinux.gz': Buffer.concat([gzipSync(image, { level: 0 })]) })).toEqual([
      'linux-kernel 5.15.3-arm64',
    ]);
  });

  it.each([
    ['small', Buffer.from('HdrS')],
    ['of zeroes', Buffer.alloc(MIB)],
    ['cut off before the version', bootImage('6.1.0').subarray(0, 300_000).fill(0xff, 0x20e, 0x210)],
    ['a broken gzip', Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.alloc(MIB)])],
  ])('name nothing when the file is %s', (_, image) => {
    expect(runDetectors(detectors, { '/boot/vmlinuz': image })).toEqual([]);
  });
});

describe('kernel modules', () => {
  const info = 'version=1.2.3\nlicense=GPL\nname=dummy_net\nvermagic=6.1.0-18-amd64 SMP preempt\n';

  it('describe themselves, compressed or not', () => {
    const module = moduleOf(info);
    const expected = {
      type: 'generic',
      name: 'linux-module-dummy_net',
      version: '1.2.3',
      unlessOwned: true,
      licenses: ['GPL'],
      properties: { kernel: '6.1.0-18-amd64' },
    };
    const tree = {
      [MODULE]: module,
      [`${MODULE}.gz`]: gzipSync(module),
      [`${MODULE}.xz`]: xzStream([module], { check: 'crc32' }),
      [`${MODULE}.zst`]: zstdCompressSync(module),
    };
    expect(packagesOf(runDetectors(detectors, tree))).toEqual([expected, expected, expected, expected]);
  });

  it.each([
    ['empty', ''],
    ['without modinfo', Buffer.from(buildElf({ '.text': Buffer.of(1) }))],
    ['with a modinfo of nothing', moduleOf('\n\n==\n')],
  ])('are known by their place when %s', (_, module) => {
    expect(versionsOf({ [MODULE]: module })).toEqual(['linux-module-dummy_net 6.1.0-18-amd64']);
  });

  it.each([
    ['zst', zstdCompressSync(Buffer.alloc(4 * MIB))],
    ['xz', xzStream([Buffer.alloc(4 * MIB)], { check: 'crc32' })],
  ])('do not unpack without limit: %s', (suffix, bomb) => {
    const limits = { nestedMemberBytes: 1000 };
    expect(() => runDetectors(detectors, { [`${MODULE}.${suffix}`]: bomb }, { limits })).toThrow(/larger than/);
  });

  it.each([
    ['gz', gzipSync(moduleOf(info)).subarray(0, -20)],
    ['xz', xzStream([moduleOf(info)], { check: 'crc32' }).subarray(0, -20)],
    ['zst', zstdCompressSync(moduleOf(info)).subarray(0, -20)],
  ])('are told as unreadable when cut off: %s', (suffix, cut) => {
    expect(() => runDetectors(detectors, { [`${MODULE}.${suffix}`]: cut })).toThrow();
  });

  it('are stated as of each layer', () => {
    const module = detectors[1];
    if (module === undefined) throw new Error('no detector');
    const layers = runLayers(module, [
      { [MODULE]: moduleOf(info) },
      { [MODULE]: moduleOf('version=2\n') },
      { [MODULE]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['1.2.3'], ['2'], []]);
  });
});

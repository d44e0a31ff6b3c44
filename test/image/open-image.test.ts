import { once } from 'node:events';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecord, listField, parseJson } from '../../src/bytes/json.ts';
import { PlimsollError } from '../../src/errors.ts';
import { type OpenImageOptions, openAllPlatforms, openImage } from '../../src/image/open-image.ts';
import type { OpenedImage } from '../../src/image/opened-image.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import {
  archive,
  dockerSave,
  type FileMap,
  type ImageLiteral,
  layerTar,
  MEDIA_TYPES,
  ociLayout,
  putBlob,
  putIndex,
  putOciImage,
  sha256Hex,
  temporaryFolder,
} from '../support/image-builder.ts';
import { putCosignSignature, simpleSigningPayload } from '../support/signature-builder.ts';
import { tar, tarFile, tarHeader } from '../support/tar-builder.ts';

const IMAGE: ImageLiteral = { layers: [{ '/a': '1' }, { '/b': '2' }], tag: 'app:1' };

/** Opens bytes as a file, or as standard input. */
async function open(bytes: Uint8Array, options: Partial<OpenImageOptions> = {}): Promise<OpenedImage> {
  using folder = temporaryFolder();
  const location = options.stdin === undefined ? folder.write('image.tar', bytes) : '-';
  const image = await openImage(location, { limits: DEFAULT_LIMITS, ...options });
  await image.close();
  return image;
}

async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    return error.code;
  }
}

function entriesOf(files: FileMap): readonly Buffer[] {
  return [...files].map(([path, bytes]) => tarFile(path, bytes));
}

/** Indexes, each of which names the next so many times. */
function fannedIndexes(width: number, depth: number): FileMap {
  const files: FileMap = new Map();
  let below = putBlob(files, Buffer.from('{"manifests":[]}'), MEDIA_TYPES.index);
  for (let level = 1; level < depth; level += 1) {
    const manifests = Array.from({ length: width }, () => below);
    below = putBlob(files, Buffer.from(JSON.stringify({ manifests })), MEDIA_TYPES.index);
  }
  return putIndex(files, [below]);
}

function platformsLayout(...platforms: readonly string[]): FileMap {
  const files: FileMap = new Map();
  const manifests = platforms.map((platform) => {
    const [os = '', architecture = ''] = platform.split('/');
    return putOciImage(files, {
      layers: [{ '/shared': 's' }, { [`/${architecture}`]: 'x' }],
      platform: { os, architecture },
    });
  });
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests }));
  files.set(`blobs/sha256/${sha256Hex(index)}`, index);
  return putIndex(files, [{ mediaType: MEDIA_TYPES.index, digest: `sha256:${sha256Hex(index)}`, size: index.length }]);
}

describe('forms of an image', () => {
  it.each([
    ['OCI archive', 'oci-archive', archive(ociLayout(IMAGE))],
    ['OCI archive of zstd layers', 'oci-archive', archive(ociLayout({ ...IMAGE, compression: 'zstd' }))],
    ['docker archive', 'docker-archive', archive(dockerSave(IMAGE))],
    [
      'docker archive with an OCI layout in it',
      'docker-archive',
      archive(new Map([...dockerSave(IMAGE), ...ociLayout(IMAGE)])),
    ],
    ['archive compressed with gzip', 'oci-archive', gzipSync(archive(ociLayout(IMAGE)))],
    ['archive compressed with zstd', 'oci-archive', zstdCompressSync(archive(ociLayout(IMAGE)))],
    [
      'names that start with ./',
      'docker-archive',
      archive(new Map([...dockerSave(IMAGE)].map(([path, bytes]) => [`./${path}`, bytes]))),
    ],
  ])('%s', async (_name, kind, bytes) => {
    const image = await open(bytes);
    expect([image.kind, image.ref, image.layers.map((layer) => layer.createdBy)]).toEqual([
      kind,
      'app:1',
      ['layer 0', 'layer 1'],
    ]);
  });

  it('OCI layout folder', async () => {
    using folder = temporaryFolder();
    for (const [path, bytes] of ociLayout(IMAGE)) folder.write(path, bytes);
    const image = await openImage(folder.path, { limits: DEFAULT_LIMITS });
    expect([image.kind, image.layers.length]).toEqual(['oci-layout', 2]);
  });

  it('standard input, with nothing left behind', async () => {
    const before = readdirSync(tmpdir());
    const image = await open(Buffer.alloc(0), { stdin: Readable.from([archive(ociLayout(IMAGE))]) });
    expect(image.layers.length).toBe(2);
    expect(existsSync(image.layers[0]?.file ?? '')).toBe(false);
    expect(
      readdirSync(tmpdir()).filter((name) => /^plimsoll-[0-9a-f]{24}$/.test(name) && !before.includes(name)),
    ).toEqual([]);
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('standard input that begins a byte at a time, compressed by %s', async (_, compress) => {
    const bytes = compress(archive(ociLayout(IMAGE)));
    const stdin = Readable.from([...[0, 1, 2].map((at) => bytes.subarray(at, at + 1)), bytes.subarray(3)]);
    expect((await open(Buffer.alloc(0), { stdin })).tags).toEqual(['app:1']);
  });

  it('standard input that is no archive, read no further than that shows', async () => {
    let chunks = 0;
    const endless = Readable.from(
      (function* () {
        for (; chunks < 1000; chunks += 1) yield Buffer.alloc(65_536);
      })(),
      { highWaterMark: 1 },
    );
    expect(await refusal(open(Buffer.alloc(0), { stdin: endless }))).toBe('PLM_INPUT_UNKNOWN');
    expect(chunks).toBeLessThan(10);
  });

  it('standard input that fails', async () => {
    const failing = new Readable({ read: () => undefined });
    failing.destroy(Object.assign(new Error('gone'), { code: 'EIO' }));
    expect(await refusal(open(Buffer.alloc(0), { stdin: failing }))).toBe('PLM_INPUT_UNREADABLE');
  });

  it('devices and sockets', async () => {
    expect(await refusal(openImage('/dev/zero', { limits: DEFAULT_LIMITS }))).toBe('PLM_INPUT_UNKNOWN');
    using folder = temporaryFolder();
    const server = createServer().listen(`${folder.path}/socket`);
    await once(server, 'listening');
    try {
      const opening = openImage(`${folder.path}/socket`, { limits: DEFAULT_LIMITS });
      expect(await refusal(opening)).toBe('PLM_INPUT_UNKNOWN');
    } finally {
      server.close();
    }
  });

  it('docker archive from before manifest.json', async () => {
    const json = (id: string, parent?: string): Uint8Array =>
      Buffer.from(
        JSON.stringify({
          id,
          parent,
          os: 'linux',
          architecture: 'amd64',
          container_config: { Cmd: ['/bin/sh', '-c', id] },
        }),
      );
    const files: FileMap = new Map([
      ['repositories', Buffer.from('{"app":{"1":"top"}}')],
      ['top/json', json('top', 'base')],
      ['top/layer.tar', tar()],
      ['base/json', json('base')],
      ['base/layer.tar', tar()],
    ]);
    const image = await open(archive(files));
    expect([image.ref, image.layers.map((layer) => layer.createdBy)]).toEqual([
      'app:1',
      ['/bin/sh -c base', '/bin/sh -c top'],
    ]);
  });

  it('layers that are links to other layers', async () => {
    const files = dockerSave(IMAGE);
    const [name = ''] = [...files.keys()].filter((path) => path.endsWith('layer.tar'));
    const links = [
      tarHeader({ name: 'link/layer.tar', type: '2', link: `../${name}` }),
      tarHeader({ name: 'hard/layer.tar', type: '1', link: name }),
    ];
    const manifest: unknown = JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString());
    const text = JSON.stringify(manifest).replace(/"Layers":\[.*?\]/, '"Layers":["link/layer.tar","hard/layer.tar"]');
    files.set('manifest.json', Buffer.from(text));
    const members = [...files].map(([path, bytes]) => tarFile(path, bytes));
    const image = await open(tar(...links, ...members));
    expect(new Set(image.layers.map((layer) => layer.key)).size).toBe(1);
  });

  it('a root file system', async () => {
    using folder = temporaryFolder();
    const image = await openImage(`dir:${folder.path}`, { limits: DEFAULT_LIMITS });
    expect([image.kind, image.layers.map((layer) => layer.kind)]).toEqual(['directory', ['directory']]);
  });
});

describe('empty input', () => {
  it('is named as such', async () => {
    const error = await open(new Uint8Array(0)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'PLM_INPUT_UNKNOWN',
      message: 'the file is empty',
      hint: 'export the image again',
    });
  });
});

describe('several images', () => {
  const two = [
    { layers: [{ '/a': '1' }], tag: 'app:1' },
    { layers: [{ '/a': '2' }], tag: 'app:2' },
  ] as const;

  it.each([
    ['OCI', archive(ociLayout(...two))],
    ['docker', archive(dockerSave(...two))],
  ])('%s: are listed, and chosen by name or tag', async (_name, bytes) => {
    const error = await open(bytes).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'PLM_IMAGE_AMBIGUOUS', hint: 'choose one with --ref: "app:1", "app:2"' });
    expect((await open(bytes, { ref: '2' })).ref).toBe('app:2');
    expect((await open(bytes, { ref: 'app:1' })).ref).toBe('app:1');
    expect(await refusal(open(bytes, { ref: 'app:3' }))).toBe('PLM_IMAGE_AMBIGUOUS');
  });

  it('are one where they are the same image under two names', async () => {
    const files = ociLayout({ ...IMAGE, tag: 'app:1' });
    const again = putOciImage(files, { ...IMAGE, tag: 'app:2' });
    const first = putOciImage(files, { ...IMAGE, tag: 'app:1' });
    expect((await open(archive(putIndex(files, [first, again])))).ref).toBe('app:1');
  });

  it('are listed once each with all their names, and without a name by their digest', async () => {
    const files = ociLayout({ ...IMAGE, tag: '1' });
    const descriptors = [
      putOciImage(files, { ...IMAGE, tag: '1' }),
      putOciImage(files, { layers: [{ '/a': '2' }], tag: '2' }),
      putOciImage(files, { ...IMAGE, tag: '3' }),
      putOciImage(files, { layers: [{ '/a': '3' }] }),
    ];
    const bytes = archive(putIndex(files, descriptors));
    const digest = String(descriptors[3]?.digest);
    expect(await open(bytes).catch((reason: unknown) => reason)).toMatchObject({
      message: 'the archive holds 3 images',
      hint: `choose one with --ref: "1" (also "3"), "2", ${digest}`,
    });
    expect((await open(bytes, { ref: digest })).manifestDigest).toBe(digest);
  });
});

describe('platforms', () => {
  const bytes = archive(platformsLayout('linux/arm64', 'linux/amd64', 'windows/amd64'));

  it('linux/amd64 is taken and said so where none is asked for', async () => {
    const image = await open(bytes);
    expect([image.platform, image.problems.map((problem) => problem.code)]).toEqual([
      { os: 'linux', architecture: 'amd64' },
      ['PLM_PLATFORM_CHOSEN'],
    ]);
  });

  it('the one asked for is taken, another refused', async () => {
    const image = await open(bytes, { platform: { os: 'linux', architecture: 'arm64' } });
    expect([image.platform.architecture, image.problems]).toEqual(['arm64', []]);
    expect(await refusal(open(bytes, { platform: { os: 'linux', architecture: 's390x' } }))).toBe('PLM_IMAGE_PLATFORM');
  });

  it('all of them share layers', async () => {
    using folder = temporaryFolder();
    const images = await openAllPlatforms(folder.write('i.tar', bytes), { limits: DEFAULT_LIMITS });
    expect(images.map(({ platform }) => `${platform.os}/${platform.architecture}`)).toEqual([
      'linux/amd64',
      'linux/arm64',
      'windows/amd64',
    ]);
    expect(new Set(images.map((image) => image.layers[0]?.key)).size).toBe(1);
    await images[0]?.close();
  });

  it('attestations are passed over', async () => {
    const files: FileMap = new Map();
    const image = putOciImage(files, { ...IMAGE, platform: { os: 'linux', architecture: 'amd64' } });
    const attestation = {
      ...putOciImage(files, { layers: [{}] }),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    };
    expect((await open(archive(putIndex(files, [attestation, image])))).layers.length).toBe(2);
  });

  it('signatures of cosign are passed over, whose configurations say that they are images', async () => {
    const files: FileMap = new Map();
    const image = putOciImage(files, { ...IMAGE, platform: { os: 'linux', architecture: 'arm64' } });
    const signature = putCosignSignature(files, simpleSigningPayload(String(image['digest'])), 'AAAA');
    const opened = await open(archive(putIndex(files, [signature, image])));
    expect({ digest: opened.manifestDigest, problems: opened.problems }).toEqual({
      digest: image['digest'],
      problems: [],
    });
  });
});

describe('an archive with the forms of OCI and of docker', () => {
  const files: FileMap = new Map();
  const descriptor = putOciImage(files, IMAGE);
  putIndex(files, [descriptor]);
  const blob = (digest: unknown): string => `blobs/${String(digest).replace(':', '/')}`;
  const manifest = parseJson(Buffer.from(files.get(blob(descriptor['digest'])) ?? []).toString(), 8);
  const parts = isRecord(manifest) ? [manifest['config'], ...listField(manifest, 'layers')] : [];
  const [config = '', ...layers] = parts.filter(isRecord).map((part) => blob(part['digest']));
  const withManifest = (image: Readonly<Record<string, unknown>>): FileMap =>
    new Map(files)
      .set('manifest.json', Buffer.from(JSON.stringify([{ RepoTags: ['app:1'], ...image }])))
      .set('other.tar', layerTar({ '/evil': '1' }));
  const withDocker = (config: string, layers: readonly string[]): FileMap =>
    withManifest({ Config: config, Layers: layers });

  it('is one image where both name the same files', async () => {
    const image = await open(archive(withDocker(config, layers)));
    expect([image.kind, image.manifestDigest !== undefined, image.problems]).toEqual(['docker-archive', true, []]);
  });

  it.each([
    ['another layer', withDocker(config, [...layers.slice(1), 'other.tar'])],
    ['a layer more', withDocker(config, [...layers, 'other.tar'])],
    ['another configuration', withDocker('other.tar', layers)],
    ['what a field in other letters says', withManifest({ Config: config, config: 'other.tar', Layers: layers })],
    ['what a letter says that Go takes for an s', withManifest({ Config: config, Layers: layers, 'Layer\u017f': [] })],
    ['a configuration in other letters', withManifest({ config: 'other.tar', Layers: layers })],
  ])('says that docker would load %s', async (_, archived) => {
    expect((await open(archive(archived))).problems).toEqual([
      {
        code: 'PLM_IMAGE_FORMS',
        detail:
          'manifest.json describes "app:1" by other files than index.json does: docker load may take an image that was not looked at',
      },
    ]);
  });
});

describe('an archive whose form of docker cannot be compared', () => {
  const layout = ociLayout(IMAGE);

  it.each([
    ['manifest.json', '[] and more'],
    ['repositories', '{}'],
  ])('says so of %s', async (name, text) => {
    expect((await open(archive(new Map(layout).set(name, Buffer.from(text))))).problems).toEqual([
      {
        code: 'PLM_IMAGE_FORMS',
        detail: `${name} could not be compared with index.json: docker load may take an image that was not looked at`,
      },
    ]);
  });

  it('tells a hard link from what its target became later', async () => {
    const docker = dockerSave(IMAGE);
    const [entry] = JSON.parse(Buffer.from(docker.get('manifest.json') ?? []).toString());
    const { Config: config } = entry;
    const link = tarHeader({ name: 'linked.json', type: '1', link: config });
    const manifest = JSON.stringify([{ ...entry, Config: 'linked.json' }]);
    const text = Buffer.from(docker.get(config) ?? []).toString();
    const later = tar(
      tarFile(config, text.replace('"linux"', '"plan9"')),
      link,
      ...entriesOf(docker.set('manifest.json', Buffer.from(manifest))),
    );
    expect((await open(later)).config.platform.os).toBe('plan9');
  });
});

describe('what is refused', () => {
  const layout = ociLayout(IMAGE);
  const blobs = [...layout.keys()].filter((path) => path.startsWith('blobs/'));
  const without = (path: string): FileMap => new Map([...layout].filter(([name]) => name !== path));
  const withText = (path: string, text: string): FileMap => new Map(layout).set(path, Buffer.from(text));

  it.each<readonly [string, string, Uint8Array]>([
    ['an empty file', 'PLM_INPUT_UNKNOWN', Buffer.alloc(0)],
    ['text', 'PLM_INPUT_UNKNOWN', Buffer.from('hello\n'.repeat(100))],
    ['a tar of something else', 'PLM_INPUT_UNKNOWN', tar(tarFile('hello', 'hi'))],
    ['a cut archive', 'PLM_INPUT_TRUNCATED', archive(layout).subarray(0, 2000)],
    ['a cut gzip archive', 'PLM_INPUT_TRUNCATED', gzipSync(archive(layout)).subarray(0, -30)],
    ['an index that is no JSON', 'PLM_IMAGE_MANIFEST', archive(withText('index.json', 'foobar'))],
    ['an index that nests without end', 'PLM_IMAGE_MANIFEST', archive(withText('index.json', '['.repeat(100_000)))],
    ['an index of indexes that name one another ten times each', 'PLM_LIMIT', archive(fannedIndexes(10, 8))],
    [
      'blobs in what became a link',
      'PLM_BLOB_MISSING',
      tar(...entriesOf(layout), tarHeader({ name: 'blobs', type: '2', link: 'x' })),
    ],
    ['an index without images', 'PLM_IMAGE_MANIFEST', archive(putIndex(new Map(layout), []))],
    [
      'a digest that is none',
      'PLM_IMAGE_MANIFEST',
      archive(putIndex(new Map(layout), [{ digest: '../../etc/passwd', size: 1 }])),
    ],
    [
      'a negative size',
      'PLM_IMAGE_MANIFEST',
      archive(putIndex(new Map(layout), [{ digest: `sha256:${'0'.repeat(64)}`, size: -1 }])),
    ],
    ['a docker manifest that is null', 'PLM_IMAGE_MANIFEST', tar(tarFile('manifest.json', 'null'))],
    [
      'paths out of the archive',
      'PLM_BLOB_MISSING',
      tar(tarFile('manifest.json', '[{"Config":"../../../etc/hostname","Layers":["/etc/passwd"]}]')),
    ],
  ])('%s: %s', async (_name, code, bytes) => {
    expect(await refusal(open(bytes))).toBe(code);
  });

  it.each(blobs)('the blob %s missing, or with other bytes', async (path) => {
    expect(await refusal(open(archive(without(path))))).toBe('PLM_BLOB_MISSING');
    if (!isLayer(path)) expect(await refusal(open(archive(withText(path, '{}'))))).toBe('PLM_BLOB_DIGEST');
  });

  function isLayer(path: string): boolean {
    return layout.get(path)?.[0] === 0x1f;
  }

  it('nothing there, and folders that are no layout', async () => {
    using folder = temporaryFolder();
    const location = join(folder.path, 'none');
    expect(await refusal(openImage(location, { limits: DEFAULT_LIMITS }))).toBe('PLM_INPUT_NOT_FOUND');
    expect(await refusal(openImage(folder.path, { limits: DEFAULT_LIMITS }))).toBe('PLM_INPUT_UNKNOWN');
  });

  it('blobs of a folder that are links to somewhere else', async () => {
    using folder = temporaryFolder();
    using outside = temporaryFolder();
    for (const [path, bytes] of layout) {
      if (isLayer(path)) symlinkSync(outside.write(path, bytes), join(folder.path, path));
      else folder.write(path, bytes);
    }
    expect(await refusal(openImage(folder.path, { limits: DEFAULT_LIMITS }))).toBe('PLM_BLOB_MISSING');
  });
});

describe('any document', () => {
  const json = fc.jsonValue({ maxDepth: 4 });

  it.each(['manifest.json', 'repositories', 'index.json'])('%s: is read or refused with a code', async (name) => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const outcome = await refusal(open(tar(tarFile(name, JSON.stringify(value)))));
        expect(outcome).toMatch(/^PLM_|accepted/);
      }),
      { numRuns: 60 },
    );
  });

  it('a configuration: is read or refused with a code', async () => {
    const config = fc.record(
      { os: json, architecture: json, config: json, rootfs: json, history: json },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(config, async (value) => {
        const files = [
          tarFile('c.json', JSON.stringify(value)),
          tarFile('l.tar', tar()),
          tarFile('manifest.json', '[{"Config":"c.json","Layers":["l.tar"]}]'),
        ];
        expect(await refusal(open(tar(...files)))).toMatch(/^PLM_|accepted/);
      }),
      { numRuns: 60 },
    );
  });
});

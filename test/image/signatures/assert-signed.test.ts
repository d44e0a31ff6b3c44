import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../../src/errors.ts';
import { openAllPlatforms, openImage } from '../../../src/image/open-image.ts';
import { readDetachedSignatures } from '../../../src/image/signatures/detached-signatures.ts';
import type { SignatureDemand } from '../../../src/image/signatures/signature-demand.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import {
  archive,
  dockerSave,
  type FileMap,
  type ImageLiteral,
  MEDIA_TYPES,
  putBlob,
  putIndex,
  putOciImage,
  temporaryFolder,
} from '../../support/image-builder.ts';
import {
  imageKeyOf,
  putBundle,
  putCosignSignature,
  putSignatureBy,
  sigstoreBundle,
  simpleSigningPayload,
} from '../../support/signature-builder.ts';
import { tar, tarFile, tarHeader } from '../../support/tar-builder.ts';

const IMAGE: ImageLiteral = { layers: [{ '/a': '1' }] };
const OTHER: ImageLiteral = { layers: [{ '/b': '2' }] };
const owner = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** The signer of an image under a demand, or the code it is refused with. */
async function signerOf(files: FileMap, demand: Partial<SignatureDemand> = {}): Promise<unknown> {
  using folder = temporaryFolder();
  const location = folder.write('image.tar', archive(files));
  const signed = { keys: [imageKeyOf(owner.publicKey)], detached: [], ...demand };
  try {
    const image = await openImage(location, { limits: DEFAULT_LIMITS, signed });
    await image.close();
    return image.signer;
  } catch (error) {
    return error instanceof PlimsollError ? error.code : error;
  }
}

/** A layout with an image and what `sign` puts beside it. */
function signedLayout(signatures: (files: FileMap, image: Record<string, unknown>) => readonly unknown[]): {
  readonly files: FileMap;
  readonly digest: string;
} {
  const files: FileMap = new Map();
  const image = putOciImage(files, IMAGE);
  putIndex(files, [image, ...signatures(files, image)]);
  return { files, digest: String(image['digest']) };
}

describe('signatures that are accepted', () => {
  it('of cosign beside the image', async () => {
    const { files, digest } = signedLayout((map, image) => [
      putSignatureBy(map, owner.privateKey, String(image['digest'])),
    ]);
    expect(await signerOf(files)).toEqual({ subject: digest, key: imageKeyOf(owner.publicKey).id });
  });

  it('in a sigstore bundle that refers to the image', async () => {
    const { files, digest } = signedLayout((map, image) => [
      putBundle(map, sigstoreBundle(owner.privateKey, String(image['digest'])), image),
    ]);
    expect(await signerOf(files)).toEqual({ subject: digest, key: imageKeyOf(owner.publicKey).id });
  });

  it('in a bundle that no index names, as cosign 3 saves it', async () => {
    const { files, digest } = signedLayout((map, image) => {
      putBundle(map, sigstoreBundle(owner.privateKey, String(image['digest'])), image);
      return [];
    });
    expect(await signerOf(files)).toEqual({ subject: digest, key: imageKeyOf(owner.publicKey).id });
    using folder = temporaryFolder();
    for (const [name, bytes] of files) folder.write(name, bytes);
    const signed = { keys: [imageKeyOf(owner.publicKey)], detached: [] };
    const image = await openImage(folder.path, { limits: DEFAULT_LIMITS, signed });
    expect(image.signer?.subject).toBe(digest);
  });

  it('over the index that lists the image, for each of its platforms', async () => {
    const files: FileMap = new Map();
    const platforms = ['amd64', 'arm64'].map((architecture) =>
      putOciImage(files, { layers: [{ '/a': architecture }], platform: { os: 'linux', architecture } }),
    );
    const index = putBlob(
      files,
      Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: platforms })),
      MEDIA_TYPES.index,
    );
    putIndex(files, [index, putSignatureBy(files, owner.privateKey, index.digest)]);
    using folder = temporaryFolder();
    const signed = { keys: [imageKeyOf(owner.publicKey)], detached: [] };
    const images = await openAllPlatforms(folder.write('image.tar', archive(files)), {
      limits: DEFAULT_LIMITS,
      signed,
    });
    await images[0]?.close();
    const signer = { subject: index.digest, key: imageKeyOf(owner.publicKey).id };
    expect(images.map((image) => [image.platform.architecture, image.signer])).toEqual([
      ['amd64', signer],
      ['arm64', signer],
    ]);
  });

  it('of any of several keys', async () => {
    const { files, digest } = signedLayout((map, image) => [
      putSignatureBy(map, owner.privateKey, String(image['digest'])),
    ]);
    const keys = [imageKeyOf(stranger.publicKey), imageKeyOf(owner.publicKey)];
    expect(await signerOf(files, { keys })).toEqual({ subject: digest, key: imageKeyOf(owner.publicKey).id });
  });

  it.each([
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'secp384r1' })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'secp521r1' })],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['Ed25519', generateKeyPairSync('ed25519')],
  ])('by a key of the kind %s', async (_, { privateKey, publicKey }) => {
    const { files, digest } = signedLayout((map, image) => [putSignatureBy(map, privateKey, String(image['digest']))]);
    const key = imageKeyOf(publicKey);
    expect(await signerOf(files, { keys: [key] })).toEqual({ subject: digest, key: key.id });
  });

  it('beside the archive: a bundle, or what cosign downloads', async () => {
    const { files, digest } = signedLayout(() => []);
    const payload = simpleSigningPayload(digest);
    const download = JSON.stringify({
      Base64Signature: sign('sha256', payload, owner.privateKey).toString('base64'),
      Payload: payload.toString('base64'),
      Cert: null,
    });
    const texts = [sigstoreBundle(owner.privateKey, digest).toString(), `${download}\n`, `{}\n${download}\n`];
    const signer = { subject: digest, key: imageKeyOf(owner.publicKey).id };
    for (const text of texts)
      expect(await signerOf(files, { detached: readDetachedSignatures(text, DEFAULT_LIMITS) })).toEqual(signer);
  });
});

describe('images that are refused', () => {
  it.each<readonly [string, string, FileMap]>([
    ['nobody signed', 'PLM_IMAGE_UNSIGNED', signedLayout(() => []).files],
    ['docker save keeps no manifest of', 'PLM_IMAGE_UNSIGNED', dockerSave(IMAGE)],
    [
      'carry a second one that docker would load',
      'PLM_IMAGE_UNSIGNED',
      signedLayout((files, image) => {
        for (const [name, bytes] of dockerSave(OTHER)) files.set(name, bytes);
        return [putSignatureBy(files, owner.privateKey, String(image['digest']))];
      }).files,
    ],
    [
      'somebody else signed',
      'PLM_IMAGE_SIGNATURE',
      signedLayout((files, image) => [putSignatureBy(files, stranger.privateKey, String(image['digest']))]).files,
    ],
    [
      'stand beside a signature of another image',
      'PLM_IMAGE_UNSIGNED',
      signedLayout((files) => {
        const other = putOciImage(new Map(), OTHER);
        return [putSignatureBy(files, owner.privateKey, String(other['digest']))];
      }).files,
    ],
    [
      'have a payload that was changed after it was signed',
      'PLM_IMAGE_SIGNATURE',
      signedLayout((files, image) => {
        const signature = sign('sha256', simpleSigningPayload(`sha256:${'0'.repeat(64)}`), owner.privateKey);
        return [putCosignSignature(files, simpleSigningPayload(String(image['digest'])), signature)];
      }).files,
    ],
    [
      'have a payload of another kind',
      'PLM_IMAGE_UNSIGNED',
      signedLayout((files, image) => {
        const payload = simpleSigningPayload(String(image['digest']), 'atomic container signature');
        return [putCosignSignature(files, payload, sign('sha256', payload, owner.privateKey))];
      }).files,
    ],
    [
      'have only an attestation: an SBOM approves of nothing',
      'PLM_IMAGE_UNSIGNED',
      signedLayout((files, image) => [
        putBundle(files, sigstoreBundle(owner.privateKey, String(image['digest']), 'https://spdx.dev/Document'), image),
      ]).files,
    ],
    [
      'have an empty signature',
      'PLM_IMAGE_SIGNATURE',
      signedLayout((files, image) => [putCosignSignature(files, simpleSigningPayload(String(image['digest'])), '')])
        .files,
    ],
    [
      'are listed by no signed index, but list one as a referrer',
      'PLM_IMAGE_UNSIGNED',
      signedLayout((files) => {
        const index = putBlob(files, Buffer.from('{"schemaVersion":2,"manifests":[]}'), MEDIA_TYPES.index);
        return [index, putSignatureBy(files, owner.privateKey, index.digest)];
      }).files,
    ],
  ])('%s: %s', async (_, code, files) => {
    expect(await signerOf(files)).toBe(code);
  });

  it('an archive with more signatures than any has is refused', async () => {
    const { files } = signedLayout((map, image) => {
      const payload = putBlob(
        map,
        simpleSigningPayload(String(image['digest'])),
        'application/vnd.dev.cosign.simplesigning.v1+json',
      );
      for (let part = 0; part < 10; part += 1)
        putBlob(map, Buffer.from(JSON.stringify({ part, layers: Array(501).fill(payload) })), MEDIA_TYPES.manifest);
      return [];
    });
    expect(await signerOf(files)).toBe('PLM_LIMIT');
  });

  it('an image with more signatures than certificates are looked at is refused, unless the one that counts lies beside it', async () => {
    const { files, digest } = signedLayout((map, image) => {
      const payload = putBlob(
        map,
        simpleSigningPayload(String(image['digest'])),
        'application/vnd.dev.cosign.simplesigning.v1+json',
      );
      const layers = Array(501).fill({ ...payload, annotations: { 'dev.cosignproject.cosign/signature': 'AAAA' } });
      putBlob(map, Buffer.from(JSON.stringify({ layers })), MEDIA_TYPES.manifest);
      return [];
    });
    const detached = readDetachedSignatures(sigstoreBundle(owner.privateKey, digest).toString(), DEFAULT_LIMITS);
    const certificates = (): string => 'none';
    expect([await signerOf(files, { certificates }), await signerOf(files, { certificates, detached })]).toEqual([
      'PLM_LIMIT',
      { subject: digest, key: imageKeyOf(owner.publicKey).id },
    ]);
  });

  it('many links to one manifest of signatures are one', async () => {
    const { files, digest } = signedLayout((map, image) => {
      const payload = simpleSigningPayload(String(image['digest']));
      const layer = putBlob(map, payload, 'application/vnd.dev.cosign.simplesigning.v1+json');
      putBlob(map, Buffer.from(JSON.stringify({ layers: Array(501).fill(layer) })), MEDIA_TYPES.manifest);
      return [putSignatureBy(map, owner.privateKey, String(image['digest']))];
    });
    const [link = ''] = [...files.keys()].filter((path) =>
      Buffer.from(files.get(path) ?? [])
        .toString()
        .startsWith('{"layers"'),
    );
    const links = Array.from({ length: 10 }, (_, index) =>
      tarHeader({ name: `blobs/sha256/${`${index}`.repeat(64)}`, type: '1', link }),
    );
    using folder = temporaryFolder();
    const members = [...files].map(([path, bytes]) => tarFile(path, bytes));
    const location = folder.write('image.tar', tar(...members, ...links));
    const signed = { keys: [imageKeyOf(owner.publicKey)], detached: [] };
    const image = await openImage(location, { limits: DEFAULT_LIMITS, signed });
    await image.close();
    expect(image.signer?.subject).toBe(digest);
  });

  it('folders of files have nothing that could be signed', async () => {
    using folder = temporaryFolder();
    folder.write('a', Buffer.from('1'));
    const signed = { keys: [imageKeyOf(owner.publicKey)], detached: [] };
    await expect(openImage(`dir:${folder.path}`, { limits: DEFAULT_LIMITS, signed })).rejects.toMatchObject({
      code: 'PLM_IMAGE_UNSIGNED',
    });
  });
});

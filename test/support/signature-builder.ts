import { type KeyObject, sign } from 'node:crypto';
import { preAuthEncoding } from '../../src/bundle/trust/dsse.ts';
import { type ImageKey, parseImageKey } from '../../src/image/signatures/image-key.ts';
import { type FileMap, MEDIA_TYPES, putBlob } from './image-builder.ts';

/** A public key as `--image-key` reads it. */
export function imageKeyOf(key: KeyObject): ImageKey {
  const parsed = parseImageKey(String(key.export({ format: 'pem', type: 'spki' })));
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

/** What `cosign sign` puts beside an image: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export function simpleSigningPayload(digest: string, type = 'cosign container image signature'): Buffer {
  return Buffer.from(
    JSON.stringify({
      critical: { identity: { 'docker-reference': 'shop' }, image: { 'docker-manifest-digest': digest }, type },
      optional: null,
    }),
  );
}

/** Puts a cosign signature manifest over a payload into a layout and returns its descriptor. */
export function putCosignSignature(
  files: FileMap,
  payload: Uint8Array,
  signature: Uint8Array | string,
): Record<string, unknown> {
  const config = putBlob(files, Buffer.from('{"architecture":"","os":"","config":{},"rootfs":{}}'), MEDIA_TYPES.config);
  const layer = {
    ...putBlob(files, payload, 'application/vnd.dev.cosign.simplesigning.v1+json'),
    annotations: {
      'dev.cosignproject.cosign/signature':
        typeof signature === 'string' ? signature : Buffer.from(signature).toString('base64'),
    },
  };
  const manifest = { schemaVersion: 2, mediaType: MEDIA_TYPES.manifest, config, layers: [layer] };
  return {
    ...putBlob(files, Buffer.from(JSON.stringify(manifest)), MEDIA_TYPES.manifest),
    annotations: { kind: 'dev.cosignproject.cosign/sigs' },
  };
}

/** A cosign signature of this key over an image. */
export function putSignatureBy(files: FileMap, key: KeyObject, digest: string): Record<string, unknown> {
  const payload = simpleSigningPayload(digest);
  return putCosignSignature(files, payload, sign(hashFor(key), payload, key));
}

/** A sigstore bundle (v0.3) with an in-toto statement about an image, as cosign 3 makes it with a key. */
export function sigstoreBundle(
  key: KeyObject,
  digest: string,
  predicateType = 'https://sigstore.dev/cosign/sign/v1',
): Buffer {
  return Buffer.from(
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: '' } },
      dsseEnvelope: envelopeOf(statementOf(digest, predicateType), key),
    }),
  );
}

/** An in-toto statement about an image. */
export function statementOf(digest: string, predicateType: string, predicate: unknown = {}): Buffer {
  const [algorithm = '', hex = ''] = digest.split(':');
  const subject = [{ name: '', digest: { [algorithm]: hex } }];
  return Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate }));
}

/** A DSSE envelope of a payload, signed by each of the keys. */
export function envelopeOf(payload: Uint8Array, ...keys: readonly KeyObject[]) {
  const payloadType = 'application/vnd.in-toto+json';
  const message = preAuthEncoding(payloadType, payload);
  return {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: keys.map((key) => ({ sig: sign(hashFor(key), message, key).toString('base64') })),
  };
}

/** Puts a bundle into a layout as a referrer of the image it is about and returns its descriptor. */
export function putBundle(
  files: FileMap,
  bundle: Uint8Array,
  subject: Record<string, unknown>,
): Record<string, unknown> {
  const mediaType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  const manifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    artifactType: mediaType,
    config: putBlob(files, Buffer.from('{}'), 'application/vnd.oci.empty.v1+json'),
    layers: [putBlob(files, bundle, mediaType)],
    subject,
  };
  return putBlob(files, Buffer.from(JSON.stringify(manifest)), MEDIA_TYPES.manifest);
}

function hashFor(key: KeyObject): string | undefined {
  return key.asymmetricKeyType === 'ed25519' ? undefined : 'sha256';
}

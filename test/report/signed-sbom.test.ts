import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlimsollError } from '../../src/errors.ts';
import { checkCertificates } from '../../src/image/signatures/certificate-trust.ts';
import { readDetachedSignatures } from '../../src/image/signatures/detached-signatures.ts';
import type { SignatureDemand } from '../../src/image/signatures/signature-demand.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { readSbom } from '../../src/report/read-sbom/read-sbom.ts';
import { digestOf, newKey, signWith } from '../support/certificate-builder.ts';
import { envelopeOf, imageKeyOf, sigstoreBundle, statementOf } from '../support/signature-builder.ts';
import { PrivateSigstore } from '../support/sigstore-builder.ts';

const BOM = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] };
const IMAGE = 'a'.repeat(64);
const owner = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const stranger = generateKeyPairSync('ed25519');

const key = imageKeyOf(owner.publicKey);
const demand = { keys: [key], detached: [] };

const statement = (predicate: unknown = BOM) => statementOf(`sha256:${IMAGE}`, 'https://cyclonedx.org/bom', predicate);
const envelope = (payload: Buffer, ...keys: readonly KeyObject[]) =>
  envelopeOf(payload, ...(keys.length === 0 ? [owner.privateKey] : keys));

/** The signer of an SBOM under a demand, or the code it is refused with. */
function signerOf(document: unknown, changes: Partial<SignatureDemand> = {}): unknown {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  try {
    return readSbom(Buffer.from(text), DEFAULT_LIMITS, { ...demand, ...changes }).image.signer;
  } catch (error) {
    if (error instanceof PlimsollError) return error.code;
    throw error;
  }
}

const SIGNER = { subject: `sha256:${IMAGE}`, key: key.id };
const bundleOf = (dsseEnvelope: unknown) => ({
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: { publicKey: { hint: '' } },
  dsseEnvelope,
});
const good = envelope(statement());

describe('an SBOM whose signer is demanded', () => {
  it.each<readonly [string, unknown]>([
    ['in an envelope', good],
    ['in a sigstore bundle', bundleOf(good)],
    ['by several signers', envelope(statement(), stranger.privateKey, owner.privateKey)],
    ['as a text in the statement', envelope(statement('SPDXVersion: SPDX-2.3\nDocumentName: x\n'))],
  ])('is read %s', (_, document) => {
    expect(signerOf(document)).toEqual(SIGNER);
  });

  it('carries no problem about its signature', () => {
    expect(readSbom(Buffer.from(JSON.stringify(good)), DEFAULT_LIMITS, demand).problems).toEqual([]);
  });

  it.each<readonly [string, string, unknown]>([
    ['without an envelope', 'PLM_IMAGE_UNSIGNED', BOM],
    ['as a bare statement', 'PLM_IMAGE_UNSIGNED', statement().toString()],
    ['as text', 'PLM_IMAGE_UNSIGNED', 'SPDXVersion: SPDX-2.3\n'],
    ['in an envelope nobody signed', 'PLM_IMAGE_UNSIGNED', { ...good, signatures: [] }],
    [
      'with more signatures than are looked at',
      'PLM_IMAGE_SIGNATURE',
      {
        ...good,
        signatures: [...Array(16).fill({ sig: 'AAAA' }), ...good.signatures],
      },
    ],
    ['by somebody else', 'PLM_IMAGE_SIGNATURE', envelope(statement(), stranger.privateKey)],
    ['with another payload', 'PLM_IMAGE_SIGNATURE', { ...good, payload: statement({}).toString('base64') }],
    ['with another payload type', 'PLM_IMAGE_SIGNATURE', { ...good, payloadType: 'application/json' }],
    ['with an empty signature', 'PLM_IMAGE_SIGNATURE', { ...good, signatures: [{ sig: '' }] }],
    ['with a signature that is no text', 'PLM_IMAGE_SIGNATURE', { ...good, signatures: [{ sig: 1 }] }],
    [
      'signed as a message instead of an envelope',
      'PLM_IMAGE_SIGNATURE',
      {
        ...good,
        signatures: [{ sig: sign('sha256', statement(), owner.privateKey).toString('base64') }],
      },
    ],
    ['about nothing', 'PLM_SBOM_INVALID', envelope(statementOf('', 'https://cyclonedx.org/bom', BOM))],
    ['that is no SBOM', 'PLM_SBOM_INVALID', envelope(statement({}))],
    ['in one of several documents', 'PLM_SBOM_INVALID', `${JSON.stringify(good)}\n${JSON.stringify(good)}\n`],
  ])('is refused %s: %s', (_, code, document) => {
    expect(signerOf(document)).toBe(code);
  });

  it('is refused where somebody else signed it, before it is found damaged', () => {
    expect(signerOf({ ...envelope(Buffer.from('{'), stranger.privateKey) })).toBe('PLM_IMAGE_SIGNATURE');
  });

  it('is refused with any byte of its signed parts changed', () => {
    const payload = statement();
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(payload);
        changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
        expect(signerOf({ ...good, payload: changed.toString('base64') })).toBe('PLM_IMAGE_SIGNATURE');
      }),
    );
  });
});

describe('an SBOM with a signature beside it', () => {
  const file = JSON.stringify(BOM);
  const bundle = (message: string, key: KeyObject = owner.privateKey) =>
    readDetachedSignatures(
      JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: '' } },
        messageSignature: {
          messageDigest: { algorithm: 'SHA2_256', digest: digestOf(Buffer.from(message)).toString('base64') },
          signature: signWith(key, Buffer.from(message)).toString('base64'),
        },
      }),
      DEFAULT_LIMITS,
    );

  it('is read where the signature is over the file, in any form that cosign writes it', () => {
    const subject = `sha256:${digestOf(Buffer.from(file)).toString('hex')}`;
    const signature = signWith(owner.privateKey, Buffer.from(file)).toString('base64');
    const older = readDetachedSignatures(JSON.stringify({ base64Signature: signature }), DEFAULT_LIMITS);
    const bare = readDetachedSignatures(`${signature}\n`, DEFAULT_LIMITS);
    for (const detached of [bundle(file), older, bare])
      expect(signerOf(file, { detached })).toEqual({ subject, key: key.id });
  });

  it.each<readonly [string, string, Partial<SignatureDemand>]>([
    ['over another file', 'PLM_IMAGE_SIGNATURE', { detached: bundle(`${file} `) }],
    ['by somebody else', 'PLM_IMAGE_SIGNATURE', { detached: bundle(file, newKey()) }],
    [
      'over an image',
      'PLM_IMAGE_UNSIGNED',
      {
        detached: readDetachedSignatures(
          sigstoreBundle(owner.privateKey, `sha256:${IMAGE}`).toString(),
          DEFAULT_LIMITS,
        ),
      },
    ],
  ])('is refused where the signature is %s', (_, code, changes) => {
    expect(signerOf(file, changes)).toBe(code);
  });
});

describe('an SBOM signed by a certificate', () => {
  const who = { identity: 'ci@acme.example', issuer: 'https://issuer.example' };
  const sigstore = new PrivateSigstore(new Date('2026-01-31T12:00:00Z'));
  const wanted = { isWanted: (name: string) => name === who.identity, issuer: who.issuer };
  const certificates = checkCertificates(JSON.stringify(sigstore.trustedRoot()), wanted, DEFAULT_LIMITS);
  if (typeof certificates === 'string') throw new Error(certificates);

  it('is read', () => {
    const bundle = sigstore.bundle('', who, { payload: statement() });
    expect(signerOf(bundle, { certificates })).toEqual({ subject: `sha256:${IMAGE}`, ...who });
  });

  it('is refused by another', () => {
    const bundle = sigstore.bundle('', { ...who, identity: 'ci@other.example' }, { payload: statement() });
    expect(signerOf(bundle, { certificates })).toBe('PLM_IMAGE_SIGNATURE');
  });
});

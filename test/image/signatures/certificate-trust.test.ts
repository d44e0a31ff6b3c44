import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecord, type JsonRecord } from '../../../src/bytes/json.ts';
import { checkCertificates } from '../../../src/image/signatures/certificate-trust.ts';
import { readDetachedSignatures } from '../../../src/image/signatures/detached-signatures.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import { digestOf, newKey, signWith } from '../../support/certificate-builder.ts';
import { simpleSigningPayload } from '../../support/signature-builder.ts';
import { PrivateSigstore, pemOf } from '../../support/sigstore-builder.ts';

const IMAGE = `sha256:${'a'.repeat(64)}`;
const ISSUER = 'https://token.actions.githubusercontent.com';
const RELEASE = 'https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v1';
const NOW = new Date('2026-01-31T12:00:00Z');
const HOUR = 3_600_000;
const WHO = { identity: RELEASE, issuer: ISSUER };
const ours = new PrivateSigstore(NOW);
const theirs = new PrivateSigstore(NOW);

function verdict(document: unknown, root: unknown = ours.trustedRoot()): unknown {
  const roots = typeof root === 'string' ? root : JSON.stringify(root);
  const check = checkCertificates(roots, { isWanted: (name) => name === RELEASE, issuer: ISSUER }, DEFAULT_LIMITS);
  if (typeof check === 'string') return check;
  const [signature] = readDetachedSignatures(JSON.stringify(document), DEFAULT_LIMITS);
  return signature === undefined || !('message' in signature) ? 'no signature of an image' : check(signature);
}

/** A copy of a document with one field changed; `path` names it. */
function changed(document: unknown, path: string, change: (value: string) => unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  if (Array.isArray(document)) return document.map((item, at) => (String(at) === name ? next(item) : item));
  if (!isRecord(document)) throw new Error(`there is no ${path}`);
  return { ...document, [name]: next(document[name]) };

  function next(value: unknown): unknown {
    return rest.length === 0 ? change(String(value)) : changed(value, rest.join('.'), change);
  }
}

function flipped(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('base64');
}

const good = ours.bundle(IMAGE, WHO, { timestamp: true });
const ENTRY = 'verificationMaterial.tlogEntries.0';
const STAMP = 'verificationMaterial.timestampVerificationData.rfc3161Timestamps.0.signedTimestamp';
const NOTE = `${ENTRY}.inclusionProof.checkpoint.envelope`;

describe('a signature by certificate is accepted', () => {
  it.each<readonly [string, unknown, unknown?]>([
    ['with promise, proof and timestamp', good],
    ['with promise and proof of the log', ours.bundle(IMAGE, WHO)],
    ['with an entry of Rekor v2 and a timestamp', ours.bundle(IMAGE, WHO, { log: 2, timestamp: true })],
    ['with a proof of the log and a timestamp', ours.bundle(IMAGE, WHO, { promise: false, timestamp: true })],
    ['with the issuer as old certificates name it', ours.bundle(IMAGE, { ...WHO, hasOldIssuer: true })],
    [
      'without a log of signatures, where the root has none',
      ours.bundle(IMAGE, WHO, { promise: false, inclusion: false, timestamp: true }),
      ours.trustedRoot(['ctlogs', 'timestampAuthorities']),
    ],
    [
      'without a log of certificates, where the root has none',
      ours.bundle(IMAGE, { ...WHO, isListed: false }),
      ours.trustedRoot(['tlogs']),
    ],
    [
      'by one of several roots, one a line',
      good,
      `${JSON.stringify(theirs.trustedRoot())}\n${JSON.stringify(ours.trustedRoot())}\n`,
    ],
  ])('%s', (_, bundle, root) => {
    expect(verdict(bundle, root)).toEqual(WHO);
  });
});

describe('a signature by certificate is refused', () => {
  const untrusted = (why: string): string => `none by a certificate that is trusted (${why})`;
  const expired = untrusted(
    'Failed to verify certificate chain: certificate is not valid or expired at the specified date',
  );

  it.each<readonly [string, string, unknown, unknown?]>([
    [
      'of another identity',
      'the certificate names ci@acme.example (https://token.actions.githubusercontent.com)',
      ours.bundle(IMAGE, { ...WHO, identity: 'ci@acme.example' }),
    ],
    [
      'of another identity, which is the same but for the high bits',
      untrusted('it names nobody'),
      ours.bundle(IMAGE, { ...WHO, identity: RELEASE.replace('acme', 'acm\u00e5') }),
    ],
    [
      'of another issuer',
      `the certificate names ${RELEASE} (https://issuer.example)`,
      ours.bundle(IMAGE, { ...WHO, issuer: 'https://issuer.example' }),
    ],
    [
      'of another authority',
      untrusted('Failed to verify certificate chain: no valid certificate path found'),
      theirs.bundle(IMAGE, WHO),
    ],
    ['made after it expired', expired, ours.bundle(IMAGE, WHO, { at: new Date(NOW.getTime() + HOUR) })],
    ['made before it was given', expired, ours.bundle(IMAGE, WHO, { at: new Date(NOW.getTime() - HOUR) })],
    [
      'with an entry of Rekor v2, which says nothing of the time',
      untrusted('expected 1 timestamps, got 0'),
      ours.bundle(IMAGE, WHO, { log: 2 }),
    ],
    [
      'with nothing that says when it was made',
      untrusted('expected 1 timestamps, got 0'),
      ours.bundle(IMAGE, WHO, { promise: false }),
    ],
    [
      'that no log lists, where the root has one',
      untrusted('expected 1 tlog entries, got 0'),
      ours.bundle(IMAGE, WHO, { promise: false, inclusion: false, timestamp: true }),
    ],
    [
      'whose certificate no log lists, where the root has one',
      untrusted('expected 1 SCTs, got 0'),
      ours.bundle(IMAGE, { ...WHO, isListed: false }),
    ],
    [
      'whose certificate is for servers',
      untrusted('it is not for signing code'),
      ours.bundle(IMAGE, { ...WHO, usage: '1.3.6.1.5.5.7.3.1' }),
    ],
    [
      'with another payload',
      untrusted('DSSE payload hash mismatch'),
      changed(good, 'dsseEnvelope.payload', (text) => {
        const statement = Buffer.from(text, 'base64').toString();
        return Buffer.from(statement.replace('"name":""', '"name":"x"')).toString('base64');
      }),
    ],
    [
      'with another signature',
      untrusted('timestamp could not be verified'),
      changed(good, 'dsseEnvelope.signatures.0.sig', flipped),
    ],
    [
      'with an altered promise of the log',
      untrusted('inclusion promise could not be verified'),
      changed(good, `${ENTRY}.inclusionPromise.signedEntryTimestamp`, flipped),
    ],
    [
      'with another time of the log',
      untrusted('inclusion promise could not be verified'),
      changed(good, `${ENTRY}.integratedTime`, (seconds) => String(Number(seconds) + 1)),
    ],
    [
      'with an altered proof of the log',
      untrusted('calculated root hash does not match inclusion proof'),
      changed(good, `${ENTRY}.inclusionProof.hashes.0`, flipped),
    ],
    [
      'with an altered checkpoint of the log',
      untrusted('invalid checkpoint signature'),
      changed(good, NOTE, (note) => note.replace('\n2\n', '\n3\n')),
    ],
    [
      'with a pattern for a name in the checkpoint',
      untrusted('invalid checkpoint signature'),
      changed(good, NOTE, (note) => note.replace('\u2014 log.test ', '\u2014 (.*)*(.*)*(.*)*(.*)*(.*)*! ')),
    ],
    ['with an altered timestamp', untrusted('timestamp could not be verified'), changed(good, STAMP, flipped)],
    [
      'with the entry of another signature',
      untrusted('tlog entry signature mismatch'),
      changed(good, ENTRY, () => ours.bundle(IMAGE, WHO).verificationMaterial.tlogEntries[0]),
    ],
    [
      'with more entries than any needs',
      untrusted('it has too many proofs'),
      changed(good, 'verificationMaterial.tlogEntries', () => Array(5).fill(good.verificationMaterial.tlogEntries[0])),
    ],
    [
      'with a certificate that is too long',
      untrusted('it has 9000 bytes'),
      changed(good, 'verificationMaterial.certificate.rawBytes', () => Buffer.alloc(9000, 0x30).toString('base64')),
    ],
    [
      'with a timestamp that is too long',
      untrusted('a timestamp is too long'),
      changed(good, STAMP, () => Buffer.alloc(17_000, 0x30).toString('base64')),
    ],
    [
      'by a key',
      'none by a certificate that is trusted',
      changed(good, 'verificationMaterial', () => ({ publicKey: { hint: '' } })),
    ],
  ])('%s', (_, reason, bundle, root) => {
    expect(verdict(bundle, root)).toBe(reason);
  });

  it('with any text of the bundle damaged, or the signature still stands', () => {
    const text = JSON.stringify(good);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', '0', '"', '}', '\\', '\u2014', ' '), (at, by) => {
        const result = verdict(parsed(text.slice(0, at) + by + text.slice(at + 1)));
        expect([JSON.stringify(WHO), 'string']).toContain(
          typeof result === 'string' ? 'string' : JSON.stringify(result),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

describe('a signature by certificate in the format of cosign 2', () => {
  /** What `cosign download signature` writes. */
  function download(changes: JsonRecord = {}, by = ours): JsonRecord {
    const key = newKey();
    const { der } = by.certify(key, WHO);
    const payload = simpleSigningPayload(IMAGE);
    const signature = signWith(key, payload);
    const entry = by.entry({
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: {
        data: { hash: { algorithm: 'sha256', value: digestOf(payload).toString('hex') } },
        signature: { content: signature.toString('base64'), publicKey: { content: pemOf(der).toString('base64') } },
      },
    });
    return {
      Base64Signature: signature.toString('base64'),
      Payload: payload.toString('base64'),
      Cert: { Raw: der.toString('base64') },
      Bundle: {
        SignedEntryTimestamp: entry.inclusionPromise?.signedEntryTimestamp,
        Payload: {
          body: entry.canonicalizedBody,
          integratedTime: Number(entry.integratedTime),
          logIndex: Number(entry.logIndex),
          logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
        },
      },
      RFC3161Timestamp: { SignedRFC3161Timestamp: by.timestamp(signature).toString('base64') },
      ...changes,
    };
  }
  const older = download();

  it.each<readonly [string, unknown]>([
    ['with an entry of the log', older],
    ['without a timestamp', download({ RFC3161Timestamp: null })],
  ])('is accepted %s', (_, document) => {
    expect(verdict(document)).toEqual(WHO);
  });

  it.each<readonly [string, unknown]>([
    ['without a certificate', download({ Cert: null })],
    ['without an entry', download({ Bundle: null })],
    ['with an entry that is no record', download({ Bundle: { Payload: { body: 'AAAA' } } })],
    ['of another authority', download({}, theirs)],
    ['with another promise', changed(older, 'Bundle.SignedEntryTimestamp', flipped)],
    ['with another signature', changed(older, 'Base64Signature', flipped)],
    [
      'with another payload',
      changed(older, 'Payload', (text) => {
        const payload = Buffer.from(text, 'base64').toString();
        return Buffer.from(payload.replace('shop', 'shoq')).toString('base64');
      }),
    ],
  ])('is refused %s', (_, document) => {
    expect(verdict(document)).toMatch(/^none by a certificate that is trusted/);
  });
});

describe('a file that is no trusted root', () => {
  it.each<readonly [string, string, unknown]>([
    ['is empty', 'it is empty', '\n'],
    ['is text', 'it is not JSON', 'hello'],
    ['holds another document', 'it names no certificate authority', {}],
    ['has a log without a key', 'it is damaged', { ...ours.trustedRoot(), tlogs: [{}] }],
    [
      'has a damaged certificate',
      'it is damaged',
      { certificateAuthorities: [{ certChain: { certificates: [{ rawBytes: 'AAAA' }] } }] },
    ],
  ])('%s', (_, reason, root) => {
    expect(String(verdict(good, root)).slice(0, reason.length)).toBe(reason);
  });
});

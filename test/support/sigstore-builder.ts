import type { KeyObject } from 'node:crypto';
import { preAuthEncoding } from '../../src/bundle/trust/dsse.ts';
import {
  AUTHORITY,
  type Certified,
  certificate,
  digestOf,
  ECDSA_SHA256,
  extension,
  newKey,
  SERIAL,
  SHA256,
  signWith,
  spkiOf,
  subjectName,
  usage,
} from './certificate-builder.ts';
import { field, identifier, integer, octets, sequence, set, text, time } from './der-builder.ts';
import { envelopeOf, statementOf } from './signature-builder.ts';

const YEAR = 365 * 86_400_000;
const MINUTE = 60_000;
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** Whom a certificate names, and how it departs from one of Fulcio. */
export interface Identity {
  readonly identity: string;
  readonly issuer: string;
  readonly usage?: string;
  /** Left out: nobody promised to list the certificate in a log. */
  readonly isListed?: boolean;
  /** The extension of old certificates (1.3.6.1.4.1.57264.1.1), whose value is no DER. */
  readonly hasOldIssuer?: boolean;
}

/** What proves when a signature was made. */
export interface Proofs {
  readonly promise?: boolean;
  readonly inclusion?: boolean;
  readonly timestamp?: boolean;
  /** Version of the log (Rekor): 2 proves that it lists an entry, and says nothing of the time. */
  readonly log?: 1 | 2;
}

/** A certificate authority, a log of certificates, a log of signatures and a timestamp authority: what `sigstore` runs. */
export class PrivateSigstore {
  readonly now: Date;
  readonly root: Certified;
  readonly stamper: Certified;
  readonly certificateLog = newKey();
  readonly log = newKey();

  constructor(now: Date) {
    this.now = now;
    const years = { notBefore: new Date(now.getTime() - YEAR), notAfter: new Date(now.getTime() + YEAR) };
    this.root = certificate({ key: newKey(), name: 'root', extensions: AUTHORITY, ...years });
    this.stamper = certificate({
      key: newKey(),
      name: 'stamper',
      issuer: this.root,
      extensions: usage(TIME_STAMPING),
      ...years,
    });
  }

  /** A certificate for ten minutes, as Fulcio gives it. */
  certify(key: KeyObject, { identity, issuer, ...differs }: Identity): Certified {
    const extensions = [
      ...usage(differs.usage ?? CODE_SIGNING),
      subjectName(identity),
      differs.hasOldIssuer === true
        ? extension('1.3.6.1.4.1.57264.1.1', Buffer.from(issuer))
        : extension('1.3.6.1.4.1.57264.1.8', text(issuer)),
    ];
    const notAfter = new Date(this.now.getTime() + 10 * MINUTE);
    return certificate(
      { key, issuer: this.root, notBefore: this.now, notAfter, extensions },
      differs.isListed === false ? undefined : { key: this.certificateLog, at: this.now },
    );
  }

  /** The entry of a log of signatures (Rekor v1) as bundles hold it. */
  entry(
    body: { readonly kind: string; readonly apiVersion: string; readonly spec: object },
    at: Date = this.now,
    { promise = true, inclusion = true }: Proofs = {},
  ) {
    const content = Buffer.from(canonical(body));
    const seconds = Math.floor(at.getTime() / 1000);
    const logId = digestOf(spkiOf(this.log));
    const promised = {
      body: content.toString('base64'),
      integratedTime: seconds,
      logID: logId.toString('hex'),
      logIndex: 1,
    };
    const first = digestOf(Buffer.from('\0other'));
    const tree = digestOf(
      Buffer.concat([Buffer.from([1]), first, digestOf(Buffer.concat([Buffer.from([0]), content]))]),
    );
    const origin = body.apiVersion === '0.0.1' ? 'log.test - 1' : 'log.test';
    const note = `${origin}\n2\n${tree.toString('base64')}\n`;
    const seal = Buffer.concat([logId.subarray(0, 4), signWith(this.log, Buffer.from(note))]).toString('base64');
    return {
      logIndex: '1',
      logId: { keyId: logId.toString('base64') },
      kindVersion: { kind: body.kind, version: body.apiVersion },
      ...(body.apiVersion === '0.0.1' && { integratedTime: String(seconds) }),
      ...(promise && {
        inclusionPromise: {
          signedEntryTimestamp: signWith(this.log, Buffer.from(canonical(promised))).toString('base64'),
        },
      }),
      ...(inclusion && {
        inclusionProof: {
          logIndex: '1',
          rootHash: tree.toString('base64'),
          treeSize: '2',
          hashes: [first.toString('base64')],
          checkpoint: { envelope: `${note}\n\u2014 log.test ${seal}\n` },
        },
      }),
      canonicalizedBody: content.toString('base64'),
    };
  }

  /** A timestamp (RFC 3161) over a signature. */
  timestamp(signature: Uint8Array, at: Date = this.now): Buffer {
    const content = '1.2.840.113549.1.9.16.1.4';
    const info = sequence(
      integer(1),
      identifier('1.3.6.1.4.1.57264.2'),
      sequence(SHA256, octets(digestOf(signature))),
      integer(1),
      time(at),
    );
    const attributes = [
      sequence(identifier('1.2.840.113549.1.9.3'), set(identifier(content))),
      sequence(identifier('1.2.840.113549.1.9.4'), set(octets(digestOf(info)))),
      sequence(
        identifier('1.2.840.113549.1.9.16.2.47'),
        set(sequence(sequence(sequence(octets(digestOf(this.stamper.der)))))),
      ),
    ].toSorted(Buffer.compare);
    const signer = sequence(
      integer(1),
      sequence(this.root.name, integer(SERIAL)),
      SHA256,
      field(0, Buffer.concat(attributes)),
      ECDSA_SHA256,
      octets(signWith(this.stamper.key, set(...attributes))),
    );
    const signed = sequence(
      integer(3),
      set(SHA256),
      sequence(identifier(content), field(0, octets(info))),
      set(signer),
    );
    return sequence(sequence(integer(0)), sequence(identifier('1.2.840.113549.1.7.2'), field(0, signed)));
  }

  /** `trusted_root.json` (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto). */
  trustedRoot(parts: readonly string[] = ['tlogs', 'ctlogs', 'timestampAuthorities']): Record<string, unknown> {
    const validFor = { start: new Date(this.now.getTime() - YEAR).toISOString() };
    const logOf = (name: string, key: KeyObject) => ({
      baseUrl: `https://${name}`,
      hashAlgorithm: 'SHA2_256',
      publicKey: { rawBytes: spkiOf(key).toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
      logId: { keyId: digestOf(spkiOf(key)).toString('base64') },
    });
    const authorityOf = (uri: string, ...chain: readonly Certified[]) => ({
      subject: { organization: 'test', commonName: 'test' },
      uri,
      certChain: { certificates: chain.map(({ der }) => ({ rawBytes: der.toString('base64') })) },
      validFor,
    });
    const all = {
      tlogs: [logOf('log.test', this.log)],
      ctlogs: [logOf('certificates.test', this.certificateLog)],
      timestampAuthorities: [authorityOf('https://time.test', this.stamper, this.root)],
    };
    return {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      certificateAuthorities: [authorityOf('https://authority.test', this.root)],
      ...Object.fromEntries(Object.entries(all).map(([name, list]) => [name, parts.includes(name) ? list : []])),
    };
  }

  /** A bundle as `cosign sign` makes it of an image without a key, signed `at` a time; `cosign attest` has other payloads. */
  bundle(digest: string, who: Identity, options: Proofs & { readonly at?: Date; readonly payload?: Buffer } = {}) {
    const { at = this.now, payload = statementOf(digest, 'https://sigstore.dev/cosign/sign/v1'), ...proofs } = options;
    const key = newKey();
    const { der } = this.certify(key, who);
    const dsseEnvelope = envelopeOf(payload, key);
    const signature = dsseEnvelope.signatures[0]?.sig ?? '';
    const body = (proofs.log === 2 ? hashEntry : envelopeEntry)({ dsseEnvelope, signature, certificate: der });
    const isLogged = proofs.promise !== false || proofs.inclusion !== false;
    const stamp = { signedTimestamp: this.timestamp(Buffer.from(signature, 'base64'), at).toString('base64') };
    return {
      mediaType: BUNDLE_TYPE,
      verificationMaterial: {
        certificate: { rawBytes: der.toString('base64') },
        tlogEntries: isLogged ? [this.entry(body, at, proofs.log === 2 ? { ...proofs, promise: false } : proofs)] : [],
        ...(proofs.timestamp === true && { timestampVerificationData: { rfc3161Timestamps: [stamp] } }),
      },
      dsseEnvelope,
    };
  }
}

interface Logged {
  readonly dsseEnvelope: { readonly payloadType: string; readonly payload: string };
  readonly signature: string;
  readonly certificate: Buffer;
}

/** What Rekor v1 lists of an envelope. */
function envelopeEntry({ dsseEnvelope, signature, certificate }: Logged) {
  const hash = (bytes: Uint8Array) => ({ algorithm: 'sha256', value: digestOf(bytes).toString('hex') });
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: hash(Buffer.from(JSON.stringify(dsseEnvelope))),
      payloadHash: hash(Buffer.from(dsseEnvelope.payload, 'base64')),
      signatures: [{ signature, verifier: pemOf(certificate).toString('base64') }],
    },
  };
}

/** What Rekor v2 lists of an envelope: the digest of the bytes that are signed. */
function hashEntry({ dsseEnvelope, signature, certificate }: Logged) {
  const message = preAuthEncoding(dsseEnvelope.payloadType, Buffer.from(dsseEnvelope.payload, 'base64'));
  const verifier = {
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    x509Certificate: { rawBytes: certificate.toString('base64') },
  };
  const data = { algorithm: 'SHA2_256', digest: digestOf(message).toString('base64') };
  const hashedRekordV002 = { data, signature: { content: signature, verifier } };
  return { apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002 } };
}

export function pemOf(der: Uint8Array): Buffer {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`);
}

/** JSON with sorted keys and no spaces: what Rekor signs (RFC 8785, for texts and whole numbers). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}

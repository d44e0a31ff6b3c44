import { X509Certificate } from 'node:crypto';
import { type Bundle, bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { isRecord, type JsonRecord, parseJson } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import type { Signer } from '../../model/signer.ts';
import { isSignedWith } from './image-key.ts';
import type { Signature } from './signature.ts';
import type { CertificateCheck } from './signature-demand.ts';

/** Whom a certificate must name to count. */
export interface WantedIdentity {
  /** Whether an address of mail or a URI is one of those who may sign. */
  readonly isWanted: (identity: string) => boolean;
  /** Who must have vouched for it (OpenID Connect), as written in the certificate. */
  readonly issuer: string;
}

/** Extended key usage of certificates that sign code (RFC 5280, 4.2.1.12). */
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
/** One entry or timestamp is usual. Each costs two verifications, and they are compared with one another. */
const PROOFS = 4;
/** Certificates of Fulcio take some 2 KiB, timestamps 5; parsing takes time by the square of the nesting. */
const CERTIFICATE_BYTES = 8 * 1024;
const TIMESTAMP_BYTES = 16 * 1024;

/**
 * Checks signatures by certificate as sigstore makes them, without any network: the certificate chains to an authority
 * of a trusted root (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto) and was valid
 * when a log or a timestamp authority of it saw the signature. A root that lists logs of signatures or of certificates
 * demands an entry in one. `roots` holds the JSON of one root, or several, one a line. A text says why it is none.
 */
export function checkCertificates(roots: string, wanted: WantedIdentity, limits: Limits): CertificateCheck | string {
  const whole = parseJson(roots, limits.jsonDepth);
  const documents = isRecord(whole)
    ? [whole]
    : roots
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => parseJson(line, limits.jsonDepth));
  const verifiers: Verifier[] = [];
  for (const document of documents) {
    const verifier = isRecord(document) ? verifierOf(document) : 'it is not JSON';
    if (typeof verifier === 'string') return verifier;
    verifiers.push(verifier);
  }
  if (verifiers.length === 0) return 'it is empty';
  return (signature) => {
    const verdicts = verifiers.map((verifier) => signerOf(signature, verifier, wanted));
    return verdicts.find((verdict) => typeof verdict === 'object') ?? verdicts.join('; ');
  };
}

function verifierOf(document: JsonRecord): Verifier | string {
  try {
    const root = TrustedRoot.fromJSON(document);
    if (root.certificateAuthorities.length === 0) return 'it names no certificate authority';
    return new Verifier(toTrustMaterial(root), {
      tlogThreshold: root.tlogs.length === 0 ? 0 : 1,
      ctlogThreshold: root.ctlogs.length === 0 ? 0 : 1,
    });
  } catch (error) {
    return `it is damaged (${reasonOf(error)})`;
  }
}

function signerOf({ bundle, ...signature }: Signature, verifier: Verifier, wanted: WantedIdentity): Signer | string {
  const refusal = 'none by a certificate that is trusted';
  try {
    const parsed = bundle === undefined ? undefined : bundleFromJSON(bundle);
    const certificate = parsed === undefined ? undefined : certificateOf(parsed);
    if (parsed === undefined || certificate === undefined) return refusal;
    const excess = excessOf(parsed, certificate);
    if (excess !== undefined) return `${refusal} (${excess})`;
    const { key, identity } = verifier.verify(toSignedEntity(parsed, Buffer.from(signature.message)));
    // what is signed is read by us, so it is held to the key by us
    if (!isSignedWith({ key }, signature)) return `${refusal} (the signature is not over what it names)`;
    const name = identity?.subjectAlternativeName;
    const issuer = identity?.extensions?.issuer;
    // the library reads names as ASCII and drops the high bit of what is none
    const isIn = (text: string | undefined): text is string =>
      text !== undefined && Buffer.from(certificate).includes(text);
    if (!isIn(name) || !isIn(issuer)) return `${refusal} (it names nobody)`;
    if (new X509Certificate(certificate).keyUsage?.includes(CODE_SIGNING) !== true)
      return `${refusal} (it is not for signing code)`;
    if (!wanted.isWanted(name) || issuer !== wanted.issuer) return `the certificate names ${name} (${issuer})`;
    return { identity: name, issuer };
  } catch (error) {
    return `${refusal} (${reasonOf(error)})`;
  }
}

function certificateOf({ verificationMaterial: { content } }: Bundle): Uint8Array | undefined {
  if (content.$case === 'certificate') return content.certificate.rawBytes;
  return content.$case === 'x509CertificateChain' ? content.x509CertificateChain.certificates[0]?.rawBytes : undefined;
}

/** What would cost the library more time than any signature may. */
function excessOf({ verificationMaterial }: Bundle, certificate: Uint8Array): string | undefined {
  const { tlogEntries, timestampVerificationData } = verificationMaterial;
  const timestamps = timestampVerificationData?.rfc3161Timestamps ?? [];
  if (certificate.length > CERTIFICATE_BYTES) return `it has ${certificate.length} bytes`;
  if (tlogEntries.length > PROOFS || timestamps.length > PROOFS) return 'it has too many proofs';
  const isLong = timestamps.some(({ signedTimestamp }) => signedTimestamp.length > TIMESTAMP_BYTES);
  return isLong ? 'a timestamp is too long' : undefined;
}

function reasonOf(error: unknown): string {
  // the library reads fields of damaged structures without looking whether they are there
  if (!(error instanceof Error) || error instanceof TypeError) return 'it is damaged';
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}

import { PlimsollError } from '../../errors.ts';
import { BUNDLE_LIMITS } from '../bundle-limits.ts';
import type { Json } from '../canonical-json.ts';
import { DocumentReader, decodeBase64 } from '../document.ts';
import { type Algorithm, isAlgorithm, isSignedBy } from './algorithms.ts';
import type { TrustedKey } from './trusted-key.ts';

/**
 * A signed document (DSSE v1, https://github.com/secure-systems-lab/dsse). `keyid` is a hint without authority; `alg`
 * tells the halves of a hybrid key apart.
 */
export interface SignedDocument {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly DocumentSignature[];
}

interface DocumentSignature {
  readonly keyId: string;
  /** Unknown algorithms are carried along and never counted. */
  readonly algorithm: string;
  readonly bytes: Uint8Array;
}

/** A list of keys of which `threshold` must sign, each with all of `algorithms`. */
export interface Role {
  readonly keys: readonly TrustedKey[];
  readonly threshold: number;
  readonly algorithms: readonly Algorithm[];
}

/** The bytes a signature covers (DSSE pre-authentication encoding): the type is bound to the body by lengths. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    Buffer.from(payload),
  ]);
}

/** Throws PLM_BUNDLE_FORMAT, or PLM_BUNDLE_UNSIGNED where there is no signature at all. */
export function parseSignedDocument(value: Json, what: string): SignedDocument {
  const fields = new DocumentReader(value, what);
  const payload = decodeBase64(fields.text('payload'));
  if (payload === undefined) throw new PlimsollError('PLM_BUNDLE_FORMAT', `${what}: payload is not base64`);
  const signatures = fields.records('signatures', BUNDLE_LIMITS.signatures).map((signature) => {
    const bytes = decodeBase64(signature.text('sig'));
    if (bytes === undefined) throw new PlimsollError('PLM_BUNDLE_FORMAT', `${what}: a signature is not base64`);
    return { keyId: signature.text('keyid'), algorithm: signature.text('alg'), bytes };
  });
  if (signatures.length === 0) throw new PlimsollError('PLM_BUNDLE_UNSIGNED', `${what} carries no signature`);
  return { payloadType: fields.text('payloadType'), payload, signatures };
}

/** The document as envelopes and root files hold it (docs/bundle-format.md, "Envelope"). */
export function signedDocumentJson(document: SignedDocument): Json {
  return {
    payload: Buffer.from(document.payload).toString('base64'),
    payloadType: document.payloadType,
    signatures: document.signatures.map(({ keyId, algorithm, bytes }) => ({
      alg: algorithm,
      keyid: keyId,
      sig: Buffer.from(bytes).toString('base64'),
    })),
  };
}

/**
 * Refuses a document that the role has not signed. What counts is the number of different trusted keys whose every
 * demanded algorithm has a valid signature: the same key twice, or one half of a hybrid key, is not enough.
 * Throws PLM_BUNDLE_FORMAT for another payload type, PLM_BUNDLE_SIGNATURE where no trusted key has signed,
 * PLM_BUNDLE_THRESHOLD where too few have.
 */
export function assertSigned(
  document: SignedDocument,
  role: Role,
  { payloadType, what }: { readonly payloadType: string; readonly what: string },
): void {
  if (document.payloadType !== payloadType) {
    throw new PlimsollError('PLM_BUNDLE_FORMAT', `${what} has the type ${document.payloadType}, not ${payloadType}`);
  }
  const valid = countSigners(document, role);
  if (valid >= role.threshold) return;
  if (valid === 0) {
    throw new PlimsollError('PLM_BUNDLE_SIGNATURE', `${what} is signed by no key trusted for it`, {
      hint: 'the file was altered, or was made by someone this store does not trust',
    });
  }
  throw new PlimsollError(
    'PLM_BUNDLE_THRESHOLD',
    `${what} is signed by ${valid} of the ${role.threshold} keys demanded`,
  );
}

/** How many different keys of the role have signed with every demanded algorithm. */
export function countSigners(document: SignedDocument, role: Role): number {
  const message = preAuthEncoding(document.payloadType, document.payload);
  const signers = role.keys.filter((key) =>
    role.algorithms.every((algorithm) => hasValidSignature({ document, key, algorithm, message })),
  );
  return new Set(signers.map((key) => key.id)).size;
}

interface HalfCheck {
  readonly document: SignedDocument;
  readonly key: TrustedKey;
  readonly algorithm: Algorithm;
  readonly message: Uint8Array;
}

function hasValidSignature({ document, key, algorithm, message }: HalfCheck): boolean {
  const publicKey = key.halves.get(algorithm);
  if (publicKey === undefined) return false;
  return document.signatures.some(
    (signature) =>
      signature.keyId === key.id &&
      isAlgorithm(signature.algorithm) &&
      signature.algorithm === algorithm &&
      isSignedBy({ algorithm, publicKey, message, signature: signature.bytes }),
  );
}

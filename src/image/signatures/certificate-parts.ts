import { hash } from 'node:crypto';
import { isRecord, type JsonRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import type { Signature } from './signature.ts';

/** What proves a certificate in the format of cosign 2 and earlier. */
export interface CertificateParts {
  /** In PEM, or the bytes in base64. */
  readonly certificate: string | undefined;
  /** `{ SignedEntryTimestamp, Payload: { body, integratedTime, logIndex, logID } }` of the log of signatures. */
  readonly entry: unknown;
  /** `{ SignedRFC3161Timestamp }` */
  readonly timestamp: unknown;
}

/**
 * The parts put together to the sigstore bundle that says the same (version 0.1: the log promises its entry, and nothing
 * proves it). Undefined without a certificate; damaged parts are left out, and the bundle does not verify without them.
 */
export function bundleOfParts(signed: Signature, parts: CertificateParts, limits: Limits): JsonRecord | undefined {
  if (parts.certificate === undefined || parts.certificate === '') return undefined;
  const entry = isRecord(parts.entry) ? logEntry(parts.entry, limits) : undefined;
  const timestamp = isRecord(parts.timestamp) ? textField(parts.timestamp, 'SignedRFC3161Timestamp') : undefined;
  const stamps = timestamp === undefined ? [] : [{ signedTimestamp: timestamp }];
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      x509CertificateChain: {
        certificates: [{ rawBytes: parts.certificate.replace(/-----[A-Z ]{1,40}-----|\s/g, '') }],
      },
      tlogEntries: entry === undefined ? [] : [entry],
      timestampVerificationData: { rfc3161Timestamps: stamps },
    },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: hash('sha256', signed.message, 'base64') },
      signature: Buffer.from(signed.bytes).toString('base64'),
    },
  };
}

function logEntry(entry: JsonRecord, limits: Limits): JsonRecord | undefined {
  const payload = recordField(entry, 'Payload') ?? {};
  const canonicalizedBody = textField(payload, 'body') ?? '';
  const body = parseJson(Buffer.from(canonicalizedBody, 'base64').toString('utf8'), limits.jsonDepth);
  if (!isRecord(body)) return undefined;
  return {
    logIndex: String(payload['logIndex']),
    logId: { keyId: Buffer.from(textField(payload, 'logID') ?? '', 'hex').toString('base64') },
    kindVersion: { kind: body['kind'], version: body['apiVersion'] },
    integratedTime: String(payload['integratedTime']),
    inclusionPromise: { signedEntryTimestamp: entry['SignedEntryTimestamp'] },
    canonicalizedBody,
  };
}

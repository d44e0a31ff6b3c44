import { preAuthEncoding } from '../../bundle/trust/dsse.ts';
import { isRecord, listField, recordField, textField } from '../../bytes/json.ts';
import type { Signature } from './signature.ts';

/** A DSSE envelope (https://github.com/secure-systems-lab/dsse); nothing of it is verified yet. */
export interface DsseEnvelope {
  readonly payloadType: string;
  /** Undefined where it is not base64: then there are no signatures either. */
  readonly payload: Uint8Array | undefined;
  readonly signatures: readonly Signature[];
}

/** The payload type of in-toto statements. */
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';
/** Each costs every key a verification. A bundle has one, a hybrid key makes two. */
const SIGNATURES = 16;

/**
 * The envelope that a JSON document is, or that it holds where it is a sigstore bundle
 * (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto); undefined where it is neither.
 */
export function findEnvelope(document: unknown): DsseEnvelope | undefined {
  if (!isRecord(document)) return undefined;
  const enclosed = recordField(document, 'dsseEnvelope');
  const envelope = enclosed ?? document;
  const bundle = enclosed === undefined ? {} : { bundle: document };
  const payloadType = textField(envelope, 'payloadType');
  const text = textField(envelope, 'payload');
  if (payloadType === undefined || text === undefined) return undefined;
  const payload = decodeBase64(text);
  if (payload === undefined) return { payloadType, payload, signatures: [] };
  const message = preAuthEncoding(payloadType, payload);
  const signatures = listField(envelope, 'signatures')
    .slice(0, SIGNATURES)
    .filter(isRecord)
    .map((signature) => ({ message, bytes: Buffer.from(textField(signature, 'sig') ?? '', 'base64'), ...bundle }));
  return { payloadType, payload, signatures };
}

/** Both alphabets are allowed; node decodes either and skips what is in none, so the length tells damage. */
function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/={1,2}$/, '');
  const bytes = Buffer.from(digits, 'base64');
  const isDamaged = bytes.length !== Math.floor((digits.length * 3) / 4) || digits.length % 4 === 1;
  return isDamaged ? undefined : bytes;
}

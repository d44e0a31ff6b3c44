import { preAuthEncoding } from '../../bundle/trust/dsse.ts';
import { isRecord, type JsonRecord, listField, parseJson, recordField, textField } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { parseDigest } from '../../model/digest.ts';
import type { ImageSignature } from './image-signature.ts';

const STATEMENT_TYPE = 'application/vnd.in-toto+json';
/** What cosign states of an image it signs; other predicates (an SBOM, provenance) do not approve of one. */
const PREDICATE_TYPE = 'https://sigstore.dev/cosign/sign/v1';

/** Whether a media type is that of a sigstore bundle of any version. */
export function isBundleType(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.dev.sigstore.bundle');
}

/**
 * The signature in a sigstore bundle (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto)
 * whose DSSE envelope holds an in-toto statement that images were signed, once for each image it names. Empty for others.
 */
export function readSigstoreBundle(bytes: Uint8Array, limits: Limits): readonly ImageSignature[] {
  const bundle = parseJson(new TextDecoder().decode(bytes), limits.jsonDepth);
  const envelope = isRecord(bundle) ? recordField(bundle, 'dsseEnvelope') : undefined;
  const payloadText = envelope === undefined ? undefined : textField(envelope, 'payload');
  if (envelope === undefined || payloadText === undefined) return [];
  if (textField(envelope, 'payloadType') !== STATEMENT_TYPE) return [];
  const payload = Buffer.from(payloadText, 'base64');
  const statement = parseJson(payload.toString('utf8'), limits.jsonDepth);
  if (!isRecord(statement) || textField(statement, 'predicateType') !== PREDICATE_TYPE) return [];
  // the specification of bundles allows one
  const [signature] = listField(envelope, 'signatures');
  const text = isRecord(signature) ? textField(signature, 'sig') : undefined;
  if (text === undefined) return [];
  const signed = { message: preAuthEncoding(STATEMENT_TYPE, payload), bytes: Buffer.from(text, 'base64') };
  return subjectsOf(statement).map((subject) => ({ subject, ...signed }));
}

function subjectsOf(statement: JsonRecord): readonly ImageSignature['subject'][] {
  return listField(statement, 'subject')
    .filter(isRecord)
    .flatMap((subject) => {
      const digests = recordField(subject, 'digest');
      return ['sha256', 'sha512'].flatMap((algorithm) => {
        const digest = parseDigest(`${algorithm}:${digests?.[algorithm]}`);
        return digest === undefined ? [] : [digest];
      });
    });
}

import { isRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { findEnvelope, STATEMENT_TYPE } from './dsse-envelope.ts';
import type { ImageSignature } from './signature.ts';
import { subjectsOf } from './statement-subjects.ts';

/** What cosign states of an image it signs; other predicates (an SBOM, provenance) do not approve of one. */
const PREDICATE_TYPE = 'https://sigstore.dev/cosign/sign/v1';

/** Whether a media type is that of a sigstore bundle of any version. */
export function isBundleType(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.dev.sigstore.bundle');
}

/**
 * The signature in a sigstore bundle whose DSSE envelope holds an in-toto statement that images were signed, once for
 * each image it names. Empty for others.
 */
export function readSigstoreBundle(bytes: Uint8Array, limits: Limits): readonly ImageSignature[] {
  const bundle = parseJson(new TextDecoder().decode(bytes), limits.jsonDepth);
  const envelope =
    isRecord(bundle) && recordField(bundle, 'dsseEnvelope') !== undefined ? findEnvelope(bundle) : undefined;
  // the specification of bundles allows one signature
  const signature = envelope?.signatures[0];
  if (envelope?.payloadType !== STATEMENT_TYPE || signature === undefined) return [];
  const statement = parseJson(new TextDecoder().decode(envelope.payload), limits.jsonDepth);
  if (!isRecord(statement) || textField(statement, 'predicateType') !== PREDICATE_TYPE) return [];
  return subjectsOf(statement).map((subject) => ({ subject, ...signature }));
}

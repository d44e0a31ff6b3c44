import { isRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { parseDigest } from '../../model/digest.ts';
import type { ImageSignature } from './signature.ts';

/** Layers of this type are payloads that cosign signed. */
export const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
/** The annotation of such a layer that holds the signature, in base64. */
export const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';

/**
 * A signature in the format of cosign 2 and earlier: a JSON payload that names the image, and a signature over its bytes.
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 * Undefined where the payload is none of an image.
 */
export function readCosignSignature(
  payload: Uint8Array,
  signature: string,
  limits: Limits,
): ImageSignature | undefined {
  const document = parseJson(new TextDecoder().decode(payload), limits.jsonDepth);
  const critical = isRecord(document) ? recordField(document, 'critical') : undefined;
  if (critical === undefined || textField(critical, 'type') !== 'cosign container image signature') return undefined;
  const subject = parseDigest(recordField(critical, 'image')?.['docker-manifest-digest']);
  return subject === undefined ? undefined : { subject, message: payload, bytes: Buffer.from(signature, 'base64') };
}

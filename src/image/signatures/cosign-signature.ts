import { isRecord, type JsonRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { parseDigest } from '../../model/digest.ts';
import { bundleOfParts, type CertificateParts } from './certificate-parts.ts';
import type { ImageSignature } from './signature.ts';

/** Layers of this type are payloads that cosign signed. */
export const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';

/**
 * A signature in the format of cosign 2 and earlier: a JSON payload that names the image, and a signature over its bytes
 * in base64, with a certificate where it was made by one.
 * https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 * Undefined where the payload is none of an image.
 */
export function readCosignSignature(
  payload: Uint8Array,
  { signature, ...parts }: CertificateParts & { readonly signature: string },
  limits: Limits,
): ImageSignature | undefined {
  const document = parseJson(new TextDecoder().decode(payload), limits.jsonDepth);
  const critical = isRecord(document) ? recordField(document, 'critical') : undefined;
  if (critical === undefined || textField(critical, 'type') !== 'cosign container image signature') return undefined;
  const subject = parseDigest(recordField(critical, 'image')?.['docker-manifest-digest']);
  if (subject === undefined) return undefined;
  const signed = { message: payload, bytes: Buffer.from(signature, 'base64') };
  const bundle = bundleOfParts(signed, parts, limits);
  return { subject, ...signed, ...(bundle === undefined ? {} : { bundle }) };
}

/** The signature in the annotations of a layer whose blob is the payload. */
export function readAnnotatedSignature(
  payload: Uint8Array,
  annotations: JsonRecord,
  limits: Limits,
): ImageSignature | undefined {
  const signature = textField(annotations, 'dev.cosignproject.cosign/signature');
  if (signature === undefined) return undefined;
  const json = (name: string): unknown => parseJson(textField(annotations, name) ?? '', limits.jsonDepth);
  const parts = {
    certificate: textField(annotations, 'dev.sigstore.cosign/certificate'),
    entry: json('dev.sigstore.cosign/bundle'),
    timestamp: json('dev.sigstore.cosign/rfc3161timestamp'),
  };
  return readCosignSignature(payload, { signature, ...parts }, limits);
}

/** The signature in a document that `cosign download signature` wrote. */
export function readDownloadedSignature(document: JsonRecord, limits: Limits): ImageSignature | undefined {
  const signature = textField(document, 'Base64Signature');
  const payload = textField(document, 'Payload');
  if (signature === undefined || payload === undefined) return undefined;
  const parts = {
    certificate: textField(recordField(document, 'Cert') ?? {}, 'Raw'),
    entry: document['Bundle'],
    timestamp: document['RFC3161Timestamp'],
  };
  return readCosignSignature(Buffer.from(payload, 'base64'), { signature, ...parts }, limits);
}

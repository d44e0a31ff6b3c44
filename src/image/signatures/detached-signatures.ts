import { isRecord, parseJson } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { readDownloadedSignature } from './cosign-signature.ts';
import type { ImageSignature } from './signature.ts';
import { readSigstoreBundle } from './sigstore-bundle.ts';

/**
 * Signatures in a file beside the archive: JSON documents, one a line or a single one, each a sigstore bundle or what
 * `cosign download signature` writes (payload and signature in base64). Empty where there is none.
 */
export function readDetachedSignatures(text: string, limits: Limits): readonly ImageSignature[] {
  const documents = parseJson(text, limits.jsonDepth) === undefined ? text.split('\n') : [text];
  return documents.flatMap((document) => [
    ...readSigstoreBundle(Buffer.from(document), limits),
    ...readDownload(document, limits),
  ]);
}

function readDownload(document: string, limits: Limits): readonly ImageSignature[] {
  const value = parseJson(document, limits.jsonDepth);
  const found = isRecord(value) ? readDownloadedSignature(value, limits) : undefined;
  return found === undefined ? [] : [found];
}

import { isRecord, parseJson } from '../../bytes/json.ts';
import type { Limits } from '../../limits.ts';
import { readDownloadedSignature } from './cosign-signature.ts';
import { readBareSignature, readFileSignature } from './file-signature.ts';
import type { DetachedSignature } from './signature.ts';
import { readSigstoreBundle } from './sigstore-bundle.ts';

/**
 * Signatures in a file beside the archive or SBOM: JSON documents, one a line or a single one, each a sigstore bundle or
 * what `cosign download signature` or `sign-blob` writes; or a bare signature of a file. Empty where there is none.
 */
export function readDetachedSignatures(text: string, limits: Limits): readonly DetachedSignature[] {
  const bare = readBareSignature(text);
  if (bare !== undefined) return [bare];
  const documents = parseJson(text, limits.jsonDepth) === undefined ? text.split('\n') : [text];
  return documents.flatMap((document) => [
    ...readSigstoreBundle(Buffer.from(document), limits),
    ...readDownload(document, limits),
  ]);
}

function readDownload(document: string, limits: Limits): readonly DetachedSignature[] {
  const value = parseJson(document, limits.jsonDepth);
  const found = isRecord(value) ? (readDownloadedSignature(value, limits) ?? readFileSignature(value)) : undefined;
  return found === undefined ? [] : [found];
}

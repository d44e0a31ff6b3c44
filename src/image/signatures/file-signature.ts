import { createHash } from 'node:crypto';
import { type JsonRecord, recordField, textField } from '../../bytes/json.ts';
import { sha256Digest } from '../../model/digest.ts';
import type { DetachedSignature, FileSignature, ImageSignature } from './signature.ts';

/** The signature over a file in a sigstore bundle of `cosign sign-blob`; undefined where there is none. */
export function readFileSignature(bundle: JsonRecord): FileSignature | undefined {
  const signature = textField(recordField(bundle, 'messageSignature') ?? {}, 'signature');
  return signature === undefined ? undefined : { bytes: Buffer.from(signature, 'base64'), bundle };
}

/** The signatures over a file, with this one for the file. Which one they mean, they say in a field that nobody signed. */
export function signaturesOfFile(
  file: Uint8Array,
  signatures: readonly DetachedSignature[],
): readonly ImageSignature[] {
  const overFiles = signatures.filter((signature) => !('message' in signature));
  if (overFiles.length === 0) return [];
  const subject = sha256Digest(createHash('sha256').update(file).digest('hex'));
  return overFiles.map((signature) => ({ ...signature, subject, message: file }));
}

import { hash } from 'node:crypto';
import { type JsonRecord, recordField, textField } from '../../bytes/json.ts';
import { sha256Digest } from '../../model/digest.ts';
import type { DetachedSignature, FileSignature, ImageSignature } from './signature.ts';

/** The signature over a file that `cosign sign-blob` wrote as base64 alone; undefined where the text is none. */
export function readBareSignature(text: string): FileSignature | undefined {
  return /^[A-Za-z\d+/]{40,}={0,2}\s*$/.test(text) ? { bytes: Buffer.from(text, 'base64') } : undefined;
}

/**
 * The signature over a file in a sigstore bundle, or in the older document of `cosign sign-blob --bundle`, of which only
 * keys are verified; undefined where there is none.
 */
export function readFileSignature(document: JsonRecord): FileSignature | undefined {
  const signature = textField(recordField(document, 'messageSignature') ?? {}, 'signature');
  if (signature !== undefined) return { bytes: Buffer.from(signature, 'base64'), bundle: document };
  const older = textField(document, 'base64Signature');
  return older === undefined ? undefined : { bytes: Buffer.from(older, 'base64') };
}

/** The signatures over a file, with this one for the file. Which one they mean, they say in a field that nobody signed. */
export function signaturesOfFile(
  file: Uint8Array,
  signatures: readonly DetachedSignature[],
): readonly ImageSignature[] {
  const overFiles = signatures.filter((signature) => !('message' in signature));
  if (overFiles.length === 0) return [];
  const subject = sha256Digest(hash('sha256', file));
  return overFiles.map((signature) => ({ ...signature, subject, message: file }));
}

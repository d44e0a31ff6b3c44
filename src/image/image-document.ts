import { createHash } from 'node:crypto';
import { parseJson } from '../bytes/json.ts';
import { type ErrorCode, PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { algorithmOf, type Digest, digestOf } from '../model/digest.ts';
import type { ImageFiles } from './image-files.ts';

/** A JSON document as stored and as parsed. */
export interface ImageDocument {
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

const decoder = new TextDecoder();

/** Parses a document of an image. Throws `code` where it is no JSON or nests deeper than the limit. */
export function parseDocument(
  bytes: Uint8Array,
  options: { readonly name: string; readonly location: string; readonly limits: Limits; readonly code?: ErrorCode },
): ImageDocument {
  const value = parseJson(decoder.decode(bytes), options.limits.jsonDepth);
  if (value === undefined) {
    const message = `${options.name} is no JSON document, or nests deeper than ${options.limits.jsonDepth} levels`;
    throw new PlimsollError(options.code ?? 'PLM_IMAGE_MANIFEST', message, {
      path: options.location,
      hint: EXPORT_AGAIN,
    });
  }
  return { bytes, value };
}

export const EXPORT_AGAIN = 'the image is damaged; export it again';

/** Where a blob lies in an OCI layout (image-layout.md, "Blobs"). */
export function blobPath(digest: Digest): string {
  return `/blobs/${digest.replace(':', '/')}`;
}

/** Reads and verifies a blob. Throws PLM_BLOB_MISSING and PLM_BLOB_DIGEST. */
export function readBlob(files: ImageFiles, digest: Digest, what: string): Uint8Array {
  const bytes = files.read(blobPath(digest));
  if (bytes === undefined) throw missingBlob(files, digest, what);
  verifyBytes(bytes, digest, { what, location: files.location });
  return bytes;
}

export function missingBlob(files: ImageFiles, digest: string, what: string): PlimsollError {
  return new PlimsollError('PLM_BLOB_MISSING', `the ${what} (${digest}) is not in the archive`, {
    path: files.location,
    hint: 'the archive holds only a part of the image; export it again with all its layers',
  });
}

/** Throws PLM_BLOB_DIGEST where the bytes are not those the digest names. */
export function verifyBytes(
  bytes: Uint8Array,
  digest: Digest,
  names: { readonly what: string; readonly location: string },
): void {
  const actual = digestOf(digest, createHash(algorithmOf(digest)).update(bytes).digest('hex'));
  if (actual === digest) return;
  throw new PlimsollError('PLM_BLOB_DIGEST', `the ${names.what} is ${actual}, but ${digest} is stated`, {
    path: names.location,
    hint: 'the archive was changed or damaged; export the image again',
  });
}

import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { BUNDLE_LIMITS } from '../bundle-limits.ts';
import { encodeCanonical, parseCanonical } from '../canonical-json.ts';
import { sha256Hex } from '../content-id.ts';
import { DocumentReader } from '../document.ts';
import { parseSignedDocument, type SignedDocument, signedDocumentJson } from '../trust/dsse.ts';
import { parseRootList, type RootRecord, rootListJson } from '../trust/root-chain.ts';
import type { ByteSource } from './byte-source.ts';
import { HEADER_BYTES, parseHeader, sectionAreaStart } from './header.ts';

/** The signed part of a bundle: the chain of roots and one release. Parsed, not yet trusted. */
export interface Envelope {
  readonly bytes: Uint8Array;
  readonly roots: readonly RootRecord[];
  readonly release: SignedDocument;
}

/** The canonical bytes of an envelope: the whole chain of roots, then the signed release. */
export function encodeEnvelope(roots: readonly RootRecord[], release: SignedDocument): Uint8Array {
  return encodeCanonical({ roots: rootListJson(roots), release: signedDocumentJson(release) });
}

/** Throws PLM_BUNDLE_CANONICAL, PLM_BUNDLE_FORMAT, PLM_BUNDLE_ROOT or PLM_BUNDLE_UNSIGNED. */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const fields = new DocumentReader(parseCanonical(bytes, 'the envelope'), 'the envelope');
  return {
    bytes,
    roots: parseRootList(fields.list('roots', BUNDLE_LIMITS.rootChain)),
    release: parseSignedDocument(fields.value('release'), 'the release'),
  };
}

/**
 * Reads header and envelope of a bundle file and nothing beyond the zeros after them.
 * Throws PLM_BUNDLE_TRUNCATED, PLM_BUNDLE_TRAILING, PLM_BUNDLE_DIGEST or what `parseHeader` and `parseEnvelope` throw.
 */
export function readEnvelope(source: ByteSource): { readonly envelope: Envelope; readonly areaStart: number } {
  if (source.size < HEADER_BYTES) {
    const message =
      source.size === 0 ? 'the file is empty' : `the file has ${counted(source.size, 'byte')}: too few for a bundle`;
    throw new PlimsollError('PLM_BUNDLE_TRUNCATED', message);
  }
  const header = parseHeader(source.read(0, HEADER_BYTES));
  if (source.size < header.fileLength) {
    throw new PlimsollError('PLM_BUNDLE_TRUNCATED', `the file has ${source.size} of ${header.fileLength} bytes`, {
      hint: 'the copy is not complete; copy it again',
    });
  }
  if (source.size > header.fileLength) {
    throw new PlimsollError(
      'PLM_BUNDLE_TRAILING',
      `${counted(source.size - header.fileLength, 'byte')} after the end of the bundle`,
    );
  }
  const bytes = source.read(HEADER_BYTES, header.envelopeLength);
  if (sha256Hex(bytes) !== header.envelopeSha256) {
    throw new PlimsollError('PLM_BUNDLE_DIGEST', 'the envelope does not have its digest: the file is damaged');
  }
  const areaStart = sectionAreaStart(header.envelopeLength);
  assertZeros(source, HEADER_BYTES + header.envelopeLength, Math.min(areaStart, header.fileLength));
  return { envelope: parseEnvelope(bytes), areaStart };
}

/** Padding carries nothing. Throws PLM_BUNDLE_TRAILING. */
export function assertZeros(source: ByteSource, from: number, to: number): void {
  const bytes = source.read(from, Math.max(0, to - from));
  if (bytes.every((byte) => byte === 0)) return;
  throw new PlimsollError('PLM_BUNDLE_TRAILING', `the padding from byte ${from} to ${to} is not empty`);
}

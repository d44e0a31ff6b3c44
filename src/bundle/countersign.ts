import { type ByteSource, fileSource } from './container/byte-source.ts';
import { encodeEnvelope, readEnvelope } from './container/envelope.ts';
import { encodeHeader, HEADER_BYTES, sectionAreaStart } from './container/header.ts';
import { assertSectionLayout } from './container/section-layout.ts';
import { sha256Hex } from './content-id.ts';
import type { FileSystem } from './store/file-system.ts';
import { assertCountedKeys } from './trust/assert-counted-keys.ts';
import { countSigners } from './trust/dsse.ts';
import { parseRelease, type Release } from './trust/release.ts';
import { assertRootChain } from './trust/root-chain.ts';
import { type SigningKey, signDocument } from './trust/signing-key.ts';

const COPY_BYTES = 4 * 1024 * 1024;

export interface Countersigned {
  readonly release: Release;
  /** Keys of the release role that have signed now, and how many must. */
  readonly signers: number;
  readonly threshold: number;
}

/**
 * Adds signatures to a bundle: signers work in turn, on different machines. Sections keep their bytes; only the envelope
 * grows. The new file is handed to `write` part by part. Throws PLM_BUNDLE_… for a file that is no sound bundle,
 * PLM_TRUST_KEY for a key that is none of the release role.
 */
export function countersign(
  fs: FileSystem,
  request: { readonly file: string; readonly keys: readonly SigningKey[] },
  write: (parts: Iterable<Uint8Array>) => void,
): Countersigned {
  const source = fileSource(fs, request.file);
  try {
    const { envelope, areaStart } = readEnvelope(source);
    const { root } = assertRootChain(envelope.roots);
    const release = parseRelease(envelope.release);
    assertSectionLayout(source, areaStart, release.sections);
    assertCountedKeys(request.keys, root.releaseRole.keys, 'releases under this root');
    const signed = request.keys.reduce(signDocument, envelope.release);
    write(fileParts(source, areaStart, encodeEnvelope(envelope.roots, signed)));
    return { release, signers: countSigners(signed, root.releaseRole), threshold: root.releaseRole.threshold };
  } finally {
    source.close();
  }
}

function* fileParts(source: ByteSource, areaStart: number, envelope: Uint8Array): Generator<Uint8Array> {
  const newStart = sectionAreaStart(envelope.length);
  const fileLength = newStart + source.size - areaStart;
  yield encodeHeader({ envelopeLength: envelope.length, fileLength, envelopeSha256: sha256Hex(envelope) });
  yield envelope;
  yield new Uint8Array(newStart - HEADER_BYTES - envelope.length);
  for (let at = areaStart; at < source.size; at += COPY_BYTES)
    yield source.read(at, Math.min(COPY_BYTES, source.size - at));
}

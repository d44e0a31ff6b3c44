import { constants, zstdCompressSync } from 'node:zlib';
import type { Section } from '../advisory-bundle.ts';
import { CHUNK_BYTES } from '../bundle-limits.ts';
import { sha256Hex } from '../content-id.ts';
import type { SectionEntry, StoredSection } from '../trust/release.ts';
import { alignToPage, encodeHeader, HEADER_BYTES, sectionAreaStart } from './header.ts';

/** A section with its stored bytes, before it has a place in a file. */
export interface PackedSection {
  readonly type: Section['type'];
  readonly key: string;
  readonly size: number;
  readonly sha256: string;
  readonly codec: StoredSection['codec'];
  readonly stored: Uint8Array;
}

/** Compressing must save a twentieth, else the section is stored as it is. */
const WORTHWHILE = 0.95;
const LEVEL = 12;

/** Compresses a section where that pays, and hashes its raw bytes. */
export function packSection(section: Section): PackedSection {
  const { type, key, bytes } = section;
  const compressed = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  const worthwhile = compressed.length < bytes.length * WORTHWHILE;
  return {
    type,
    key,
    size: bytes.length,
    sha256: sha256Hex(bytes),
    codec: worthwhile ? 'zstd' : 'none',
    stored: worthwhile ? compressed : bytes,
  };
}

/** Gives the sections their places; those of a delta's base (`reused`) get none. Both lists together must be sorted. */
export function placeSections(packed: readonly PackedSection[], reused: ReadonlySet<string>): readonly SectionEntry[] {
  let end = 0;
  return packed.map(({ type, key, size, sha256, codec, stored }) => {
    if (reused.has(sectionName({ type, key }))) return { type, key, size, sha256 };
    const offset = alignToPage(end);
    end = offset + stored.length;
    const place = { codec, offset, size: stored.length, sha256: sha256Hex(stored), chunks: chunkDigests(stored) };
    return { type, key, size, sha256, stored: place };
  });
}

/** Name of a section within one release. */
export function sectionName({ type, key }: { readonly type: string; readonly key: string }): string {
  return `${type} ${key}`;
}

function chunkDigests(stored: Uint8Array): string[] {
  const digests: string[] = [];
  if (stored.length <= CHUNK_BYTES) return digests;
  for (let from = 0; from < stored.length; from += CHUNK_BYTES)
    digests.push(sha256Hex(stored.subarray(from, from + CHUNK_BYTES)));
  return digests;
}

/** The parts of a bundle file in order: header, envelope, padding, sections with padding between them. */
export function* containerParts(envelope: Uint8Array, sections: readonly Uint8Array[]): Generator<Uint8Array> {
  const areaStart = sectionAreaStart(envelope.length);
  let end = areaStart;
  for (const bytes of sections) end = alignToPage(end) + bytes.length;
  yield encodeHeader({ envelopeLength: envelope.length, fileLength: end, envelopeSha256: sha256Hex(envelope) });
  yield envelope;
  yield new Uint8Array(areaStart - HEADER_BYTES - envelope.length);
  let written = areaStart;
  for (const bytes of sections) {
    const start = alignToPage(written);
    yield new Uint8Array(start - written);
    yield bytes;
    written = start + bytes.length;
  }
}

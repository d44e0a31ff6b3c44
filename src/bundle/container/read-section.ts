import { zstdDecompressSync } from 'node:zlib';
import { PlimsollError } from '../../errors.ts';
import { CHUNK_BYTES } from '../bundle-limits.ts';
import { sha256Hex } from '../content-id.ts';
import type { ByteSource } from './byte-source.ts';
import type { StoredEntry } from './section-layout.ts';

/**
 * The raw bytes of a section. The stored bytes are read once, hashed, and only then decompressed, from the same memory and
 * never beyond the signed size. Throws PLM_BUNDLE_DIGEST naming the damaged byte range.
 */
export function readStoredSection(source: ByteSource, areaStart: number, entry: StoredEntry): Uint8Array {
  const stored = source.read(areaStart + entry.stored.offset, entry.stored.size);
  assertStoredDigest(stored, areaStart, entry);
  const raw = entry.stored.codec === 'zstd' ? decompress(stored, entry) : stored;
  if (raw.length !== entry.size || sha256Hex(raw) !== entry.sha256)
    throw damaged(entry, 'does not have its signed content');
  return raw;
}

function assertStoredDigest(stored: Uint8Array, areaStart: number, entry: StoredEntry): void {
  const { chunks, offset, sha256 } = entry.stored;
  for (const [at, expected] of chunks.entries()) {
    const from = at * CHUNK_BYTES;
    const chunk = stored.subarray(from, from + CHUNK_BYTES);
    if (sha256Hex(chunk) === expected) continue;
    const start = areaStart + offset + from;
    throw damaged(entry, `is damaged between byte ${start} and ${start + chunk.length} of the file`);
  }
  if (sha256Hex(stored) !== sha256) {
    throw damaged(
      entry,
      `is damaged between byte ${areaStart + offset} and ${areaStart + offset + stored.length} of the file`,
    );
  }
}

/** Node ends silently after the first zstd frame, so the bytes it consumed are counted. */
function decompress(stored: Uint8Array, entry: StoredEntry): Uint8Array {
  try {
    const result: unknown = zstdDecompressSync(stored, { maxOutputLength: Math.max(1, entry.size), info: true });
    const { buffer, consumed } = readInfo(result);
    if (consumed !== stored.length) throw new Error('bytes follow the compressed data');
    return buffer;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw damaged(entry, `cannot be decompressed: ${reason}`);
  }
}

function readInfo(result: unknown): { readonly buffer: Uint8Array; readonly consumed: number } {
  if (typeof result === 'object' && result !== null && 'buffer' in result && 'engine' in result) {
    const { buffer, engine } = result;
    if (buffer instanceof Uint8Array && typeof engine === 'object' && engine !== null && 'bytesWritten' in engine) {
      if (typeof engine.bytesWritten === 'number') return { buffer, consumed: engine.bytesWritten };
    }
  }
  throw new Error('zlib gave no account of what it consumed');
}

function damaged(entry: StoredEntry, reason: string): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_DIGEST', `section ${entry.type} "${entry.key}" ${reason}`);
}

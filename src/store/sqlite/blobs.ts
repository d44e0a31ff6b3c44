import { hash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { PlimsollError } from '../../errors.ts';
import { REPORT_BYTES } from '../../limits.ts';
import type { Connection } from './connection.ts';

/** Content by the SHA-256 of its uncompressed bytes, as one zstd frame. */
export function writeBlob(connection: Connection, digest: string, content: Uint8Array): void {
  if (connection.number('SELECT 1 FROM blob WHERE digest = ?', digest) !== undefined) return;
  connection.run(
    'INSERT INTO blob (digest, size, content) VALUES (?, ?, ?)',
    digest,
    content.length,
    zstdCompressSync(content),
  );
}

/** Undefined where the archive has no such content. Throws PLM_ARCHIVE_DAMAGED where it is not what it was. */
export function readBlob(connection: Connection, digest: string): Uint8Array | undefined {
  const row = connection.get<{ size: number; content: Uint8Array }>(
    'SELECT size, content FROM blob WHERE digest = ?',
    digest,
  );
  if (row === undefined) return undefined;
  const content = inflate(row.content);
  if (content !== undefined && content.length === row.size && blobDigest(content) === digest) return content;
  throw new PlimsollError('PLM_ARCHIVE_DAMAGED', `content ${digest} of the archive was altered`, {
    path: connection.path,
    hint: 'run "plimsoll archive verify --repair", then add the images it names again',
  });
}

/** Undefined for bytes that are no frame or grow past the limit. */
export function inflate(content: Uint8Array): Uint8Array | undefined {
  try {
    return zstdDecompressSync(content, { maxOutputLength: REPORT_BYTES });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** SHA-256 in hex. */
export function blobDigest(content: Uint8Array): string {
  return hash('sha256', content);
}

import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { HeldFile } from './detection.ts';

/** A file as detectors see it. Sibling lookups are answered by the caller's view of the layer. */
export interface FileInput {
  readonly path: string;
  readonly mode: number;
  readonly bytes: Uint8Array;
  /** Row in the layer's entry table; absent for members of archives. */
  readonly entry?: number;
}

/** Smaller ones are not worth it. */
const PACKED_BYTES = 1024 * 1024;
/** What tells a format. */
const HEAD_BYTES = 512;

/** A copy of the file in less memory; undefined for small ones. */
export function packHeld({ path, mode, bytes: plain }: FileInput): HeldFile | undefined {
  if (plain.length < PACKED_BYTES) return undefined;
  const stored = zstdCompressSync(plain, { chunkSize: plain.length });
  const bytes = new Uint8Array(stored);
  if (stored.buffer instanceof ArrayBuffer) stored.buffer.transfer(0);
  return { path, mode, bytes, packed: { size: plain.length, head: plain.slice(0, HEAD_BYTES) } };
}

/** Bytes of the content. */
export function heldSize({ bytes, packed }: HeldFile): number {
  return packed?.size ?? bytes.length;
}

export function heldHead({ bytes, packed }: HeldFile): Uint8Array {
  return packed?.head ?? bytes.subarray(0, HEAD_BYTES);
}

/** Held files as detectors see them, unpacked when their content is asked for. */
export class HeldInputs {
  readonly #unpacked: Uint8Array<ArrayBuffer>[] = [];

  of({ path, mode, bytes, packed }: HeldFile): FileInput {
    if (packed === undefined) return { path, mode, bytes };
    const unpack = (): Uint8Array => this.#unpack(bytes, packed.size);
    let plain: Uint8Array | undefined;
    return {
      path,
      mode,
      get bytes() {
        plain ??= unpack();
        return plain;
      },
    };
  }

  /** Frees what was unpacked at once, not when the collector runs. */
  release(): void {
    for (const plain of this.#unpacked.splice(0)) plain.buffer.transfer(0);
  }

  #unpack(bytes: Uint8Array, size: number): Uint8Array {
    const plain = zstdDecompressSync(bytes, { maxOutputLength: size, chunkSize: size + 1 });
    this.#unpacked.push(plain);
    return plain;
  }
}

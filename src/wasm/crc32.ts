import { crc32 } from 'node:zlib';
import { instantiateKernel, type LinearMemory } from './load.ts';

interface Crc32Exports {
  /** From the inverted check before, over twice `half` bytes. */
  crc32(pointer: number, half: number, register: number): number;
}

/** Below this many bytes zlib is as fast. */
const SMALL_BYTES = 16 * 1024;
/** The kernel takes whole pairs of these. */
const UNIT_BYTES = 32;

/**
 * CRC-32 (RFC 1952 section 8) of bytes that lie in the memory, from the check of what came before, 0 at first: what `crc32` of
 * node:zlib gives, which takes twice the time.
 */
export function createCrc32(memory: LinearMemory): (bytes: Uint8Array, check: number) => number {
  const kernel = instantiateKernel<Crc32Exports>('crc32', memory);
  return (bytes, check) => {
    if (bytes.length < SMALL_BYTES) return crc32(bytes, check);
    if (bytes.buffer !== memory.buffer) throw new Error('bytes of another memory');
    const half = Math.floor(bytes.length / 2 / UNIT_BYTES) * UNIT_BYTES;
    const register = kernel.crc32(bytes.byteOffset, half, ~check);
    return crc32(bytes.subarray(2 * half), ~register >>> 0);
  };
}

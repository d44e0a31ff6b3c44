import { createMemory, instantiateKernel } from './load.ts';

type Encoder = (at: number, length: number, out: number) => number;

interface VersionKeyExports {
  encodeDpkg: Encoder;
  encodeRpm: Encoder;
  encodeApk: Encoder;
  encodeSemver: Encoder;
  encodePep440: Encoder;
}

/** Longest version text the kernel takes; real ones stay below 200. */
const LONGEST = 4096;
/** A key is at most this many times its text: every byte may be a token with its rank, number, text and kind. */
const GROWTH = 6;
/** The kernel has no static data; tables of other kernels end here. */
const TEXT = 65_536;

/** Writes version keys with the kernel; one text at a time. */
export interface KeyWriter {
  /**
   * The key of a version, a view that the next call overwrites; undefined where the kernel leaves the text to the
   * scheme itself.
   */
  write(version: string): Uint8Array | undefined;
}

/** Writers by scheme id: the schemes whose encoder is a kernel. */
export function createKeyWriters(): ReadonlyMap<string, KeyWriter> {
  const memory = createMemory(TEXT + LONGEST * (1 + GROWTH));
  const kernel = instantiateKernel<VersionKeyExports>('version-key', memory);
  const text = new Uint8Array(memory.buffer, TEXT, LONGEST);
  const keys = new Uint8Array(memory.buffer, TEXT + LONGEST, LONGEST * GROWTH);
  const writer = (encode: Encoder): KeyWriter => ({
    write(version) {
      if (version.length > LONGEST) return undefined;
      for (let i = 0; i < version.length; i++) {
        const code = version.charCodeAt(i);
        if (code > 126) return undefined;
        text[i] = code;
      }
      const length = encode(TEXT, version.length, TEXT + LONGEST);
      return length < 0 ? undefined : keys.subarray(0, length);
    },
  });
  return new Map([
    ['dpkg', writer(kernel.encodeDpkg)],
    ['rpm', writer(kernel.encodeRpm)],
    ['apk', writer(kernel.encodeApk)],
    ['semver', writer(kernel.encodeSemver)],
    ['go', writer(kernel.encodeSemver)],
    ['pep440', writer(kernel.encodePep440)],
  ]);
}

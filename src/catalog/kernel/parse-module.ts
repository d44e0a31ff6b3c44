import { gunzipSync } from 'node:zlib';
import { borrowLzmaDecoder, returnLzmaDecoder } from '../../archive-formats/borrow-lzma-decoder.ts';
import { unzstd } from '../../archive-formats/unzstd.ts';
import { unxz } from '../../archive-formats/xz.ts';
import { findSection, readExecutable, sectionBytes } from '../../bytes/executable/executable.ts';

export interface ModuleInfo {
  readonly name: string;
  /** Of the module itself; most have none. */
  readonly version: string | undefined;
  /** Release of the kernel it was built for, the first word of `vermagic`. */
  readonly kernel: string | undefined;
  readonly license: string | undefined;
}

/**
 * What section `.modinfo` of a kernel module says: `key=value`, each ended by NUL
 * (https://docs.kernel.org/process/license-rules.html#id1). Undefined where there is none. Throws where a compressed
 * module does not decompress within `maxBytes`.
 */
export function parseModule(bytes: Uint8Array, fileName: string, maxBytes: number): ModuleInfo | undefined {
  const module = decompressed(bytes, fileName, maxBytes);
  const executable = readExecutable(module);
  const section = executable === undefined ? undefined : findSection(executable, '.modinfo');
  if (section === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const field of Buffer.from(sectionBytes(module, section)).toString('utf8').split('\0')) {
    const equals = field.indexOf('=');
    if (equals > 0 && !fields.has(field.slice(0, equals))) fields.set(field.slice(0, equals), field.slice(equals + 1));
  }
  return {
    name: fields.get('name') ?? moduleName(fileName),
    version: fields.get('version') || undefined,
    kernel: fields.get('vermagic')?.split(' ', 1)[0] || undefined,
    license: fields.get('license') || undefined,
  };
}

/** The kernel takes hyphens in a file name for underscores. */
export function moduleName(fileName: string): string {
  return fileName.replace(/\.ko(?:\.\w+)?$/, '').replaceAll('-', '_');
}

function decompressed(bytes: Uint8Array, fileName: string, maxBytes: number): Uint8Array {
  if (fileName.endsWith('.gz')) return gunzipSync(bytes, { maxOutputLength: maxBytes });
  if (fileName.endsWith('.zst')) return unzstd(bytes, maxBytes);
  if (fileName.endsWith('.xz')) return unxzCopy(bytes, maxBytes);
  return bytes;
}

function unxzCopy(bytes: Uint8Array, limit: number): Uint8Array {
  const decoder = borrowLzmaDecoder();
  try {
    return unxz(bytes, { limit, budget: { take: () => undefined }, decoder }).slice();
  } finally {
    returnLzmaDecoder(decoder);
  }
}

import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { createSecretScanner, type SecretDraft } from '../../src/secrets/stream-scanner.ts';

/** Streams one file through the scanner in pieces of the given sizes (repeated as needed). */
export function scanInPieces(path: string, content: Uint8Array, sizes: readonly number[]): SecretDraft[] {
  return resultInPieces(path, content, sizes).drafts;
}

/** The same with what could not be looked at. */
export function resultInPieces(path: string, content: Uint8Array, sizes: readonly number[]) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  let offset = 0;
  for (let index = 0; offset < content.length; index++) {
    const size = Math.min(content.length - offset, Math.max(1, sizes[index % sizes.length] ?? 1));
    const bytes = Uint8Array.from(content.subarray(offset, offset + size));
    const span = {
      kind: 'content' as const,
      entry: 0,
      path,
      start: 0,
      end: size,
      offset,
      last: offset + size === content.length,
    };
    scanner.block({ bytes, memory, pointer: 0 }, [span]);
    offset += size;
  }
  return { drafts: scanner.finish(), problems: scanner.problems() };
}

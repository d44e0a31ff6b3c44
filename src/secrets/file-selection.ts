import type { FileRule, FileSelector } from './rule.ts';

/** First bytes of a file that `magic` selectors may look at. */
export const MAGIC_BYTES = 16;

/** The rules that want the file, given its path and at least its first `MAGIC_BYTES` bytes. */
export function fileRulesFor(rules: readonly FileRule[], path: string, head: Uint8Array): FileRule[] {
  const basename = path.slice(path.lastIndexOf('/') + 1);
  return rules.filter((rule) => rule.select.some((selector) => selects(selector, path, basename, head)));
}

function selects(selector: FileSelector, path: string, basename: string, head: Uint8Array): boolean {
  if ('basename' in selector) return selector.basename === basename;
  if ('suffix' in selector) return path.endsWith(selector.suffix);
  return selector.magic.every((byte, index) => head[index] === byte);
}

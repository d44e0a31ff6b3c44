import { PathEndings } from '../bytes/path-endings.ts';
import type { FileRule } from './rule.ts';

/** First bytes of a file that `magic` selectors may look at. */
export const MAGIC_BYTES = 16;

/** Which rules want a file, by what its selectors look at. */
export interface FileSelection {
  /** The rules that want the file, given its path and at least its first `MAGIC_BYTES` bytes, from `start` on. */
  rulesFor(path: string, bytes: Uint8Array, start: number, end: number): readonly FileRule[];
}

/** Compiles the selectors of all file rules. */
export function compileSelection(rules: readonly FileRule[]): FileSelection {
  const byName = new PathEndings<{ readonly within: string; readonly rule: FileRule }>();
  const byMagic: { readonly magic: readonly number[]; readonly rule: FileRule }[] = [];
  for (const rule of rules) {
    for (const selector of rule.select) {
      if ('basename' in selector) byName.addBasename(selector.basename, { within: '', rule });
      else if ('suffix' in selector) byName.addSuffix(selector.suffix, { within: selector.within ?? '', rule });
      else byMagic.push({ magic: selector.magic, rule });
    }
  }
  const firstBytes = new Set(byMagic.map(({ magic }) => magic[0]));
  return {
    rulesFor(path, bytes, start, end) {
      const named = byName.find(path);
      const mayBegin = firstBytes.has(bytes[start]);
      if (named.length === 0 && !mayBegin) return NONE;
      const begun = byMagic.filter(
        ({ magic }) => start + magic.length <= end && magic.every((byte, index) => bytes[start + index] === byte),
      );
      return [...new Set([...named.filter(({ within }) => path.includes(within)), ...begun].map(({ rule }) => rule))];
    },
  };
}

const NONE: readonly FileRule[] = [];

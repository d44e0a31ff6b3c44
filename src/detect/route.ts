import { PathEndings } from '../bytes/path-endings.ts';
import type { Detector, Selector } from './detector.ts';

/** What a file is wanted for: positions in the list of detectors, and whether its bytes must be held for later. */
export interface Wanted {
  /** Detectors to run on it now. */
  readonly now: readonly Detector[];
  /** True where a detector with companions selects it, or wants it as a companion. */
  readonly hold: boolean;
}

/** All selectors compiled into one lookup by path and one by first bytes. */
export interface Route {
  byPath(path: string, size: number): Wanted;
  byHead(head: Uint8Array, size: number): Wanted;
}

interface Entry {
  readonly detector: Detector;
  readonly selector: Selector;
  readonly hold: boolean;
}

const NOTHING: Wanted = { now: [], hold: false };
const NONE: readonly Entry[] = [];

/** Compiles the selectors of all detectors: most paths are done after one lookup and the combined test of all patterns. */
export function compileRoute(detectors: readonly Detector[]): Route {
  const endings = new PathEndings<Entry>();
  const patterns: (Entry & { pattern: RegExp })[] = [];
  const magics: Magic[] = [];

  const file = (entry: Entry): void => {
    const { selector } = entry;
    if ('path' in selector) endings.addPath(selector.path, entry);
    else if ('basename' in selector) endings.addBasename(selector.basename, entry);
    else if ('suffix' in selector) endings.addSuffix(selector.suffix, entry);
    else if ('pattern' in selector) patterns.push({ ...entry, pattern: selector.pattern });
    else magics.push({ ...entry, magic: selector.magic, offset: selector.offset ?? 0 });
  };
  for (const detector of detectors) {
    const held = detector.companions !== undefined;
    for (const selector of detector.select) file({ detector, selector, hold: held });
    for (const selector of detector.companions ?? []) file({ detector, selector, hold: true });
  }
  const anyPattern = combine(patterns.map((entry) => entry.pattern));

  const offsets = byOffset(magics);

  return {
    byPath(path, size) {
      const ended = endings.find(path);
      const matched = anyPattern?.test(path) === true ? patterns.filter(({ pattern }) => pattern.test(path)) : NONE;
      if (ended.length === 0 && matched.length === 0) return NOTHING;
      return toWanted([...ended, ...matched].filter(({ selector }) => fits(selector, size)));
    },
    byHead(head, size) {
      let found = NONE;
      for (const { offset, byFirst } of offsets) {
        const magics = offset < head.length ? byFirst[head[offset] ?? 0] : undefined;
        const begun = magics?.filter((entry) => startsWith(head, entry.magic, offset) && fits(entry.selector, size));
        if (begun !== undefined && begun.length > 0) found = [...found, ...begun];
      }
      return toWanted(found);
    },
  };
}

function fits(selector: Selector, size: number): boolean {
  return size >= (selector.minSize ?? 0) && size <= (selector.maxSize ?? Number.MAX_SAFE_INTEGER);
}

type Magic = Entry & { readonly magic: readonly number[]; readonly offset: number };

/** Magics that stand at one offset, by their first byte: of most heads a lookup per offset is all that is asked. */
interface MagicsAt {
  readonly offset: number;
  readonly byFirst: readonly (readonly Magic[] | undefined)[];
}

function byOffset(magics: readonly Magic[]): readonly MagicsAt[] {
  return [...Map.groupBy(magics, ({ offset }) => offset)].map(([offset, list]) => {
    const groups = Map.groupBy(list, ({ magic }) => magic[0]);
    return { offset, byFirst: Array.from({ length: 256 }, (_, byte) => groups.get(byte)) };
  });
}

function startsWith(head: Uint8Array, magic: readonly number[], offset: number): boolean {
  for (let index = 0; index < magic.length; index += 1) {
    if (head[offset + index] !== magic[index]) return false;
  }
  return true;
}

function combine(patterns: readonly RegExp[]): RegExp | undefined {
  return patterns.length === 0 ? undefined : new RegExp(patterns.map((pattern) => `(?:${pattern.source})`).join('|'));
}

function toWanted(found: readonly Entry[]): Wanted {
  if (found.length === 0) return NOTHING;
  const now = new Set<Detector>();
  for (const entry of found) if (!entry.hold) now.add(entry.detector);
  return { now: [...now], hold: found.some((entry) => entry.hold) };
}

/** The union of what path and content asked for. */
export function joinWanted(left: Wanted, right: Wanted): Wanted {
  if (right === NOTHING) return left;
  if (left === NOTHING) return right;
  return { now: [...new Set([...left.now, ...right.now])], hold: left.hold || right.hold };
}

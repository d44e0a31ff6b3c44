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
/** Suffixes are filed under their last characters, so that one path meets few of them. */
const SUFFIX_KEY = 3;

/** Compiles the selectors of all detectors; each path is then looked up in maps, and patterns run only behind one combined test. */
export function compileRoute(detectors: readonly Detector[]): Route {
  const paths = new Map<string, Entry[]>();
  const basenames = new Map<string, Entry[]>();
  const suffixes = new Map<string, (Entry & { suffix: string })[]>();
  const patterns: (Entry & { pattern: RegExp })[] = [];
  const magics: Magic[] = [];

  const file = (entry: Entry): void => {
    const { selector } = entry;
    if ('path' in selector) append(paths, selector.path, entry);
    else if ('basename' in selector) append(basenames, selector.basename, entry);
    else if ('suffix' in selector)
      append(suffixes, selector.suffix.slice(-SUFFIX_KEY), { ...entry, suffix: selector.suffix });
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
      const found: Entry[] = [];
      collect(found, paths.get(path), size);
      collect(found, basenames.get(path.slice(path.lastIndexOf('/') + 1)), size);
      for (const entry of suffixes.get(path.slice(-SUFFIX_KEY)) ?? []) {
        if (path.endsWith(entry.suffix) && fits(entry.selector, size)) found.push(entry);
      }
      if (anyPattern?.test(path) === true) {
        for (const entry of patterns) if (entry.pattern.test(path) && fits(entry.selector, size)) found.push(entry);
      }
      return toWanted(found);
    },
    byHead(head, size) {
      const found: Entry[] = [];
      for (const { offset, byFirst } of offsets) {
        for (const entry of byFirst.get(head[offset] ?? -1) ?? [])
          if (startsWith(head, entry.magic, offset) && fits(entry.selector, size)) found.push(entry);
      }
      return toWanted(found);
    },
  };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function collect(found: Entry[], entries: readonly Entry[] | undefined, size: number): void {
  for (const entry of entries ?? []) if (fits(entry.selector, size)) found.push(entry);
}

function fits(selector: Selector, size: number): boolean {
  return size >= (selector.minSize ?? 0) && size <= (selector.maxSize ?? Number.MAX_SAFE_INTEGER);
}

type Magic = Entry & { readonly magic: readonly number[]; readonly offset: number };

/** Magics that stand at one offset, by their first byte: of most heads a lookup per offset is all that is asked. */
interface MagicsAt {
  readonly offset: number;
  readonly byFirst: ReadonlyMap<number, readonly Magic[]>;
}

function byOffset(magics: readonly Magic[]): readonly MagicsAt[] {
  return [...Map.groupBy(magics, ({ offset }) => offset)].map(([offset, list]) => ({
    offset,
    byFirst: Map.groupBy(list, ({ magic }) => magic[0] ?? -1),
  }));
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

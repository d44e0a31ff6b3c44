import { linkTarget, parentPath } from '../archive-formats/entry.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { FileEntry, FileTree, Resolution } from './file-tree.ts';
import { kindAt } from './instances.ts';
import { ENTRY_KIND } from './layer-index.ts';
import { parts } from './path-tree.ts';
import type { SquashedPaths } from './squasher.ts';

const NONE = -1;
const ROOT = 0;
const IMPLIED_MODE = 0o755;
/** Images have no more layers, and a file is written once in each. */
const SHORT_CHAIN = 128;

/** A view of the squashed columns as of one layer; costs nothing to make. */
export class ColumnFileTree implements FileTree {
  readonly #paths: SquashedPaths;
  readonly #layer: number;
  /** Directories without an entry that were asked for, and whether anything is below them. */
  readonly #implied = new Map<number, boolean>();

  /** All instances at nodes that have many, latest first: thousands of links may lead to a file that is rewritten as often. */
  readonly #longChains = new Map<number, number[]>();

  constructor(paths: SquashedPaths, layer: number) {
    this.#paths = paths;
    this.#layer = layer;
  }

  lookup(path: string): FileEntry | undefined {
    const node = this.#paths.tree.findPath(path);
    return node === NONE ? undefined : this.#entryAt(node, path);
  }

  resolve(path: string): Resolution {
    const trail: string[] = [];
    const pending = parts(path).reverse();
    let current = '';
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      const next = `${current}/${name}`;
      const found = this.lookup(next);
      // nothing is below what is not there, however long the path is
      if (found === undefined) return { file: undefined, trail, loop: false };
      const target = this.#linkOf(found);
      if (target === undefined) {
        current = next;
        continue;
      }
      if (trail.length === DEFAULT_LIMITS.symlinkHops) return { file: undefined, trail, loop: true };
      trail.push(next);
      pending.push(...parts(linkTarget(next, target)).reverse());
      current = '';
    }
    const file = this.lookup(current === '' ? '/' : current);
    return { file, trail, loop: false };
  }

  #linkOf(file: FileEntry | undefined): string | undefined {
    if (file?.kind !== ENTRY_KIND.symlink) return undefined;
    return this.#paths.instances.layers[file.layer]?.entries.links.get(file.entry);
  }

  content(file: FileEntry): FileEntry | undefined {
    const { instances, tree } = this.#paths;
    let at: FileEntry | undefined = file;
    for (let hop = 0; at?.kind === ENTRY_KIND.hardLink && hop < DEFAULT_LIMITS.symlinkHops; hop += 1) {
      const { layer, entry }: FileEntry = at;
      const node = tree.findPath(instances.layers[layer]?.entries.links.get(entry) ?? '');
      // the target as it was when the link was made: instances of its own layer before it, else the one below
      const instance: number = node === NONE ? NONE : this.#latestBefore(instances.instance(layer, entry), node);
      at = instance === NONE ? undefined : this.#toEntry(instance, tree.path(node));
    }
    return at?.kind === ENTRY_KIND.file ? at : undefined;
  }

  /** The last instance at a node of those before `end`. */
  #latestBefore(end: number, node: number): number {
    const { instances, heads } = this.#paths;
    let instance = heads[node] ?? NONE;
    for (let hop = 0; instance >= end && hop < SHORT_CHAIN; hop += 1) instance = instances.previous[instance] ?? NONE;
    if (instance < end) return instance;
    let chain = this.#longChains.get(node);
    if (chain === undefined) {
      chain = [];
      for (let at = heads[node] ?? NONE; at !== NONE; at = instances.previous[at] ?? NONE) chain.push(at);
      this.#longChains.set(node, chain);
    }
    let [low, high] = [0, chain.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((chain[middle] ?? NONE) >= end) low = middle + 1;
      else high = middle;
    }
    return chain[low] ?? NONE;
  }

  list(directory: string): readonly string[] {
    const { tree } = this.#paths;
    const node = tree.findPath(directory);
    if (node === NONE) return [];
    return tree
      .sortedChildren(node)
      .filter((child) => this.#instanceAt(child) !== NONE || this.#isImplied(child))
      .map((child) => tree.name(child));
  }

  entries(below = '/'): Generator<FileEntry> {
    return this.#walk(below, undefined);
  }

  filesWithMode(bits: number): Generator<FileEntry> {
    return this.#walk('/', bits);
  }

  /** Everything below a path; with `bits` only the regular files with one of them: no path is put together for others. */
  *#walk(below: string, bits: number | undefined): Generator<FileEntry> {
    const { tree } = this.#paths;
    const start = tree.findPath(below);
    const pending = start === NONE ? [] : [{ node: start, parent: parentPath(below) }];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const { node, parent } = at;
      const instance = this.#instanceAt(node);
      const isDirectory = this.#isDirectory(instance);
      if (bits !== undefined && !isDirectory && !this.#isFileWithMode(instance, bits)) continue;
      const path = node === ROOT ? '' : `${parent}/${tree.name(node)}`;
      const entry = this.#entryOf(node, instance, path === '' ? '/' : path);
      if (entry === undefined) continue;
      if (bits === undefined || !isDirectory) yield entry;
      if (!isDirectory) continue;
      for (const child of tree.sortedChildren(node).reverse()) pending.push({ node: child, parent: path });
    }
  }

  /** Also where no layer has an entry for it: what is below it implies it. */
  #isDirectory(instance: number): boolean {
    return instance === NONE || this.#paths.instances.kindOf(instance) === ENTRY_KIND.directory;
  }

  #isFileWithMode(instance: number, bits: number): boolean {
    const { instances } = this.#paths;
    return instances.kindOf(instance) === ENTRY_KIND.file && (instances.modeOf(instance) & bits) !== 0;
  }

  #instanceAt(node: number): number {
    const { instances, heads } = this.#paths;
    let instance = heads[node] ?? NONE;
    while (instance !== NONE && !instances.isVisibleAfter(instance, this.#layer))
      instance = instances.previous[instance] ?? NONE;
    return instance;
  }

  /** Whether something below a node is there: asked again for every path through it, of a directory of any size. */
  #isImplied(node: number): boolean {
    const known = this.#implied.get(node);
    if (known !== undefined) return known;
    const isImplied = this.#holdsSomething(node);
    this.#implied.set(node, isImplied);
    return isImplied;
  }

  #holdsSomething(node: number): boolean {
    const { tree } = this.#paths;
    const pending = [tree.firstChild(node)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (at === NONE) continue;
      if (this.#instanceAt(at) !== NONE) return true;
      pending.push(tree.nextSibling(at), tree.firstChild(at));
    }
    return false;
  }

  #entryAt(node: number, path: string): FileEntry | undefined {
    return this.#entryOf(node, this.#instanceAt(node), path);
  }

  /** The entry of a node by the instance it shows, NONE where only what is below it may imply it. */
  #entryOf(node: number, instance: number, path: string): FileEntry | undefined {
    if (instance !== NONE) return this.#toEntry(instance, path);
    if (node !== ROOT && !this.#isImplied(node)) return undefined;
    return { path, layer: this.#layer, entry: NONE, kind: ENTRY_KIND.directory, size: 0, mode: IMPLIED_MODE };
  }

  #toEntry(instance: number, path: string): FileEntry {
    const { instances } = this.#paths;
    const layer = instances.layerOf(instance);
    const entry = instances.entryOf(instance, layer);
    const index = instances.layers[layer];
    return {
      path,
      layer,
      entry,
      kind: kindAt(index, entry),
      size: index?.entries.size[entry] ?? 0,
      mode: index?.entries.mode[entry] ?? 0,
    };
  }
}

import { linkTarget } from '../archive-formats/entry.ts';
import { PlimsollError } from '../errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { assertImageEntries, assertNameBytes } from './image-room.ts';
import { HOW_CODE, type HowCode, Instances } from './instances.ts';
import { ENTRY_KIND, type EntryTable, type LayerIndex } from './layer-index.ts';
import { nameOf } from './name-bytes.ts';
import { PathTree, parts } from './path-tree.ts';

const NONE = -1;
const ROOT = 0;
const FIRST_NODES = 1024;
/** Links into links reach any depth, one step more for each: past this one they are not followed. */
const FOLLOWED_DEPTH = 4 * DEFAULT_LIMITS.pathDepth;

/** Directories passed on the ways to all directories of an image, those that links lead through included, and to entries that lie deep. */
const MAX_STEPS = 60_000_000;
/** Paths below it are not counted: those of two million entries are walked in a second. */
const USUAL_DEPTH = 64;
/** What it costs that a link gives way: all directories are looked up again, and paths may be long. */
const TURN_STEPS = 3000;

/** The outcome of putting all layers together, as columns. */
export interface SquashedPaths {
  readonly instances: Instances;
  readonly tree: PathTree;
  /** The newest instance of each path, hidden or not, by node; older ones follow through `instances.previous`. */
  readonly heads: Int32Array;
}

/** Puts layers together one by one. */
export class Squasher {
  readonly #limits: Limits;
  readonly #instances: Instances;
  readonly #tree: PathTree;
  #heads = new Int32Array(FIRST_NODES).fill(NONE);
  /** The instance a path shows now, by node. */
  #latest = new Int32Array(FIRST_NODES).fill(NONE);
  /** Number of visible instances at and below a node. */
  #visible = new Int32Array(FIRST_NODES);
  #layer = 0;
  /** Links that directories of this layer were found through. */
  readonly #followed = new Set<number>();
  #steps = 0;

  /** Throws PLM_LIMIT where the layers hold more than is kept in memory; so does `apply` for their paths. */
  constructor(layers: readonly LayerIndex[], limits: Limits) {
    this.#limits = limits;
    assertImageEntries(
      layers.reduce((sum, layer) => sum + layer.entries.count, 0),
      limits,
    );
    this.#instances = new Instances(layers);
    // a path has one entry at least, most of them no more
    this.#tree = new PathTree(this.#instances.count);
  }

  /** Whiteouts first: they concern lower layers only, wherever in the archive they stand. */
  apply(layer: number): void {
    const entries = this.#instances.layers[layer]?.entries;
    if (entries === undefined) return;
    this.#layer = layer;
    this.#applyMarkers(entries);
    this.#followed.clear();
    this.#applyEntries(entries);
  }

  finish(): SquashedPaths {
    return { instances: this.#instances, tree: this.#tree, heads: this.#heads };
  }

  #applyMarkers(entries: EntryTable): void {
    const parents = new DirectoryNodes(entries);
    for (let row = 0; row < entries.count; row += 1) {
      if (!isMarker(entries, row)) continue;
      const parent = parents.node(row, (path) => this.#follow(path, false));
      const node = parent === NONE ? NONE : this.#child(parent, nameBytes(entries, row), false);
      if (node === NONE) continue;
      this.#instances.node[this.#instances.instance(this.#layer, row)] = node;
      const isOpaque = entries.kind[row] === ENTRY_KIND.opaque;
      this.#hideBelow(node, isOpaque ? HOW_CODE.opaque : HOW_CODE.whiteout);
      if (!isOpaque) this.#hideLatest(node, HOW_CODE.whiteout);
    }
  }

  #applyEntries(entries: EntryTable): void {
    const parents = new DirectoryNodes(entries);
    for (let row = 0; row < entries.count; row += 1) {
      if (isMarker(entries, row)) continue;
      const parent = parents.node(row, (path) => this.#follow(path, true));
      const node = this.#child(parent, nameBytes(entries, row), true);
      if (this.#turnsPaths(node, row, entries)) {
        parents.forget();
        this.#step(TURN_STEPS);
      }
      this.#place(node, row, entries.kind[row] === ENTRY_KIND.directory);
    }
  }

  /** The child, or the directory itself for the root's own entry, whose name is empty. */
  #child(parent: number, name: Uint8Array, create: boolean): number {
    if (name.length === 0) return parent;
    return create ? this.#tree.add(parent, name) : this.#tree.find(parent, name);
  }

  /** Whether directories found so far may lead elsewhere: a link they go through, or one of them, gives way. */
  #turnsPaths(node: number, row: number, entries: EntryTable): boolean {
    if (this.#followed.delete(node)) return true;
    return entries.kind[row] !== ENTRY_KIND.directory && this.#tree.firstChild(node) !== NONE;
  }

  #place(node: number, row: number, isDirectory: boolean): void {
    this.#reserve();
    const instance = this.#instances.instance(this.#layer, row);
    const before = this.#latest[node] ?? NONE;
    const wasDirectory = before === NONE || this.#instances.kindOf(before) === ENTRY_KIND.directory;
    if (!isDirectory) this.#hideBelow(node, HOW_CODE.replaced);
    if (before !== NONE)
      this.#hideLatest(node, wasDirectory === isDirectory ? HOW_CODE.overwritten : HOW_CODE.replaced);
    this.#instances.node[instance] = node;
    this.#instances.previous[instance] = this.#heads[node] ?? NONE;
    this.#heads[node] = instance;
    this.#latest[node] = instance;
    this.#count(node, 1);
  }

  #hideLatest(node: number, how: HowCode): void {
    const instance = this.#latest[node] ?? NONE;
    if (instance === NONE) return;
    this.#instances.hide(instance, this.#layer, how);
    this.#latest[node] = NONE;
    this.#count(node, -1);
  }

  #hideBelow(node: number, how: HowCode): void {
    const own = (this.#latest[node] ?? NONE) === NONE ? 0 : 1;
    if ((this.#visible[node] ?? 0) === own) return;
    const pending: number[] = [node];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      for (let child = this.#tree.firstChild(at); child !== NONE; child = this.#tree.nextSibling(child)) {
        if ((this.#visible[child] ?? 0) === 0) continue;
        pending.push(child);
        this.#hideLatest(child, how);
      }
    }
  }

  #count(node: number, change: number): void {
    let depth = 0;
    for (let at = node; at !== NONE; at = this.#tree.parent(at)) {
      this.#visible[at] = (this.#visible[at] ?? 0) + change;
      depth += 1;
    }
    if (depth > USUAL_DEPTH) this.#step(depth);
  }

  /** The node of a directory path with symlinks followed as the layers are now; files in the way give way to it. */
  #follow(path: string, create: boolean): number {
    let node = ROOT;
    const pending = parts(path).reverse();
    let hops = 0;
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      this.#step(1);
      const bytes = nameOf(name);
      const child = create ? this.#tree.add(node, bytes) : this.#tree.find(node, bytes);
      if (child === NONE) return NONE;
      this.#reserve();
      const target = hops < DEFAULT_LIMITS.symlinkHops ? this.#targetAt(child) : undefined;
      if (target !== undefined && pending.length + target.length <= FOLLOWED_DEPTH) {
        hops += 1;
        this.#followed.add(child);
        pending.push(...target.reverse());
        node = ROOT;
        continue;
      }
      const latest = this.#latest[child] ?? NONE;
      const isInTheWay = create && latest !== NONE && this.#instances.kindOf(latest) !== ENTRY_KIND.directory;
      if (isInTheWay) this.#hideLatest(child, HOW_CODE.replaced);
      node = child;
    }
    return node;
  }

  #step(count: number): void {
    this.#steps += count;
    if (this.#steps > MAX_STEPS)
      throw new PlimsollError('PLM_LIMIT', 'the links of the layers lead through more directories than are followed');
  }

  /** The parts of the path that a link leads to, undefined where the node shows none. */
  #targetAt(node: number): string[] | undefined {
    const link = this.#linkAt(node);
    return link === undefined ? undefined : parts(linkTarget(this.#tree.path(node), link));
  }

  #linkAt(node: number): string | undefined {
    const latest = this.#latest[node] ?? NONE;
    if (latest === NONE) return undefined;
    const layer = this.#instances.layerOf(latest);
    const row = this.#instances.entryOf(latest, layer);
    const entries = this.#instances.layers[layer]?.entries;
    return entries?.kind[row] === ENTRY_KIND.symlink ? entries.links.get(row) : undefined;
  }

  #reserve(): void {
    if (this.#tree.count <= this.#latest.length) return;
    assertImageEntries(this.#latest.length, this.#limits);
    assertNameBytes(this.#tree.nameBytesUsed, this.#limits);
    const size = this.#tree.count * 2;
    this.#latest = grow(this.#latest, size, NONE);
    this.#heads = grow(this.#heads, size, NONE);
    this.#visible = grow(this.#visible, size, 0);
  }
}

/** Nodes of the directories of one layer, each looked up once as long as no path turns. */
class DirectoryNodes {
  readonly #entries: EntryTable;
  readonly #nodes = new Map<number, number>();

  constructor(entries: EntryTable) {
    this.#entries = entries;
  }

  node(row: number, follow: (path: string) => number): number {
    const directory = this.#entries.directoryOf[row] ?? 0;
    const known = this.#nodes.get(directory);
    if (known !== undefined) return known;
    const node = follow(this.#entries.directories[directory] ?? '');
    this.#nodes.set(directory, node);
    return node;
  }

  forget(): void {
    this.#nodes.clear();
  }
}

function isMarker(entries: EntryTable, row: number): boolean {
  return (entries.kind[row] ?? 0) >= ENTRY_KIND.whiteout;
}

function nameBytes(entries: EntryTable, row: number): Uint8Array {
  return entries.names.subarray(row === 0 ? 0 : entries.nameEnd[row - 1], entries.nameEnd[row]);
}

function grow(column: Int32Array<ArrayBuffer>, size: number, fill: number): Int32Array<ArrayBuffer> {
  const before = column.length;
  return new Int32Array(column.buffer.transfer(size * 4)).fill(fill, before);
}

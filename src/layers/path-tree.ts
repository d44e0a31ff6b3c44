import { nameOf } from './name-bytes.ts';

const NONE = -1;
const ROOT = 0;
const FIRST_NODES = 1024;
const FIRST_NAME_BYTES = 16 * 1024;

/**
 * All paths of an image as a tree in columns: about 50 bytes a node, no object or string per path. Nodes are numbers;
 * the root is 0 and nodes are never removed.
 */
export class PathTree {
  #count = 1;
  #parent: Int32Array<ArrayBuffer>;
  #firstChild: Int32Array<ArrayBuffer>;
  #nextSibling: Int32Array<ArrayBuffer>;
  #names = new Uint8Array(FIRST_NAME_BYTES);
  /** Node i's name ends here and starts where the one before ends. */
  #nameEnd: Uint32Array<ArrayBuffer>;
  /** Open addressing on (parent, name); twice as many slots as nodes. */
  #slots: Int32Array<ArrayBuffer>;

  /** With room for so many nodes, which more would have to be moved out of. */
  constructor(nodes: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(FIRST_NODES, nodes)));
    this.#parent = new Int32Array(size).fill(NONE);
    this.#firstChild = new Int32Array(size).fill(NONE);
    this.#nextSibling = new Int32Array(size).fill(NONE);
    this.#nameEnd = new Uint32Array(size);
    this.#slots = new Int32Array(size * 2).fill(NONE);
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of the names of all nodes. */
  get nameBytesUsed(): number {
    return this.#nameEnd[this.#count - 1] ?? 0;
  }

  parent(node: number): number {
    return this.#parent[node] ?? NONE;
  }

  firstChild(node: number): number {
    return this.#firstChild[node] ?? NONE;
  }

  nextSibling(node: number): number {
    return this.#nextSibling[node] ?? NONE;
  }

  /** The child of that name (UTF-8 bytes), -1 where there is none. */
  find(parent: number, name: Uint8Array): number {
    return this.#slots[this.#slotOf(parent, name)] ?? NONE;
  }

  /** The child of that name, made where there is none. */
  add(parent: number, name: Uint8Array): number {
    let slot = this.#slotOf(parent, name);
    const found = this.#slots[slot] ?? NONE;
    if (found !== NONE) return found;
    if (this.#count === this.#parent.length) {
      this.#growNodes();
      slot = this.#slotOf(parent, name);
    }
    const node = this.#count;
    this.#count += 1;
    this.#slots[slot] = node;
    this.#parent[node] = parent;
    this.#nextSibling[node] = this.#firstChild[parent] ?? NONE;
    this.#firstChild[parent] = node;
    this.#nameEnd[node] = this.#putName(node, name);
    return node;
  }

  /** The name as UTF-8; a view, not a copy. */
  nameBytes(node: number): Uint8Array {
    return this.#names.subarray(node === ROOT ? 0 : this.#nameEnd[node - 1], this.#nameEnd[node]);
  }

  name(node: number): string {
    return decoder.decode(this.nameBytes(node));
  }

  /** The canonical absolute path of a node. */
  path(node: number): string {
    if (node === ROOT) return '/';
    let path = '';
    for (let at = node; at !== ROOT; at = this.parent(at)) path = `/${this.name(at)}${path}`;
    return path;
  }

  /** The node of a canonical path, -1 where there is none. */
  findPath(path: string): number {
    let node = ROOT;
    for (const name of parts(path)) {
      node = this.find(node, nameOf(name));
      if (node === NONE) return NONE;
    }
    return node;
  }

  /** Children in byte order of their names. */
  sortedChildren(node: number): number[] {
    const children: { readonly child: number; readonly name: Uint8Array }[] = [];
    for (let child = this.firstChild(node); child !== NONE; child = this.nextSibling(child))
      children.push({ child, name: this.nameBytes(child) });
    return children.sort((left, right) => Buffer.compare(left.name, right.name)).map(({ child }) => child);
  }

  #slotOf(parent: number, name: Uint8Array): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(parent + 1, 0x9e3779b1);
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ (name[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const node = this.#slots[slot] ?? NONE;
      if (node === NONE || (this.#parent[node] === parent && this.#isNamed(node, name))) return slot;
    }
  }

  #isNamed(node: number, name: Uint8Array): boolean {
    const start = this.#nameEnd[node - 1] ?? 0;
    if ((this.#nameEnd[node] ?? 0) - start !== name.length) return false;
    for (let at = 0; at < name.length; at += 1) {
      if (this.#names[start + at] !== name[at]) return false;
    }
    return true;
  }

  #putName(node: number, name: Uint8Array): number {
    const start = this.#nameEnd[node - 1] ?? 0;
    const end = start + name.length;
    if (end > this.#names.length) this.#names = new Uint8Array(this.#names.buffer.transfer(end * 2));
    this.#names.set(name, start);
    return end;
  }

  #growNodes(): void {
    const size = this.#count * 2;
    this.#parent = growFilled(this.#parent, size);
    this.#firstChild = growFilled(this.#firstChild, size);
    this.#nextSibling = growFilled(this.#nextSibling, size);
    this.#nameEnd = new Uint32Array(this.#nameEnd.buffer.transfer(size * 4));
    this.#slots = new Int32Array(size * 2).fill(NONE);
    for (let node = 1; node < this.#count; node += 1) {
      this.#slots[this.#slotOf(this.parent(node), this.nameBytes(node))] = node;
    }
  }
}

const decoder = new TextDecoder();

function growFilled(column: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const before = column.length;
  return new Int32Array(column.buffer.transfer(size * 4)).fill(NONE, before);
}

/** The parts of a canonical path. */
export function parts(path: string): string[] {
  return path === '/' || path === '' ? [] : path.slice(1).split('/');
}

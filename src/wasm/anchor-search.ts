import { type AnchorHits, type AnchorLiteral, type AnchorSearch, countLines, HitList } from '../bytes/anchor-search.ts';
import { decodePlacements, placeAnchors } from './anchor-placement.ts';
import { anchorTable, ENTRIES, ENTRY_BYTES, HEADS, LEFT, SLOT_BITS } from './anchor-table.ts';
import { createMemory, instantiateKernel, WASM_PAGE } from './load.ts';

interface AnchorSearchExports {
  anchorSearch(
    tables: number,
    base: number,
    from: number,
    end: number,
    out: number,
    room: number,
    state: number,
  ): number;
  countLines(from: number, end: number): number;
}

/** A search that also runs in place on blocks that lie in its linear memory. */
export interface MemoryAnchorSearch extends AnchorSearch {
  /** Hits in a range of the memory, positions relative to its begin. */
  searchMemory(pointer: number, length: number): AnchorHits;
}

const ROOM = 8192;
const MOST_PER_WINDOW = 64;
/** Bytes copied in at a time where they do not lie in the memory. */
const COPY = 256 * 1024;
const OVERLAP = 32;
const VECTOR_SLACK = 64;

/** The search on a memory of its own, for bytes from anywhere; `placed` as for `createMemoryAnchorSearch`. */
export function createAnchorSearch(literals: readonly AnchorLiteral[], placed?: string): MemoryAnchorSearch {
  return createMemoryAnchorSearch(createMemory(WASM_PAGE), literals, placed);
}

/**
 * The search on a given memory. Grows it for tables, hits and a copy area; call it before views of the memory are
 * taken. `placed` says where the filter's windows lie (see `encodePlacements`), which is else computed in some 40 ms.
 */
export function createMemoryAnchorSearch(
  memory: WebAssembly.Memory,
  literals: readonly AnchorLiteral[],
  placed?: string,
): MemoryAnchorSearch {
  return new KernelSearch(memory, literals, placed);
}

class KernelSearch implements MemoryAnchorSearch {
  readonly #kernel: AnchorSearchExports;
  readonly #memory: WebAssembly.Memory;
  readonly #hits = new HitList();
  readonly #tables: number;
  readonly #out: number;
  readonly #copy: number;
  readonly #lengths: Uint8Array;

  constructor(memory: WebAssembly.Memory, literals: readonly AnchorLiteral[], placed?: string) {
    const placements = placed === undefined ? placeAnchors(literals) : decodePlacements(placed, literals);
    const table = anchorTable(literals, placements);
    refuseCrowdedHeads(table);
    const bytes = 16 + table.length + ROOM * 8 + COPY + VECTOR_SLACK + 48;
    const region = memory.grow(Math.ceil(bytes / WASM_PAGE)) * WASM_PAGE;
    this.#memory = memory;
    this.#lengths = Uint8Array.from(literals, ({ text }) => text.length);
    this.#kernel = instantiateKernel<AnchorSearchExports>('anchor-search', memory);
    this.#tables = region + 16;
    this.#out = align(this.#tables + table.length);
    this.#copy = align(this.#out + ROOM * 8);
    new Uint8Array(memory.buffer, this.#tables, table.length).set(table);
  }

  search(bytes: Uint8Array, start = 0, end = bytes.length): AnchorHits {
    if (bytes.buffer === this.#memory.buffer) {
      this.#hits.clear();
      this.#range(bytes.byteOffset + start, end - start, start, 0);
      return this.#hits.sorted();
    }
    this.#hits.clear();
    for (let at = start; at < end; ) {
      const length = Math.min(COPY, end - at);
      new Uint8Array(this.#memory.buffer, this.#copy, length).set(bytes.subarray(at, at + length));
      this.#range(this.#copy, length, at, at === start ? 0 : OVERLAP);
      if (at + length >= end) break;
      at += length - OVERLAP;
    }
    return this.#hits.sorted();
  }

  countLines(bytes: Uint8Array, start: number, end: number): number {
    if (bytes.buffer !== this.#memory.buffer) return countLines(bytes, start, end);
    return this.#kernel.countLines(bytes.byteOffset + start, bytes.byteOffset + end);
  }

  searchMemory(pointer: number, length: number): AnchorHits {
    this.#hits.clear();
    this.#range(pointer, length, 0, 0);
    return this.#hits.sorted();
  }

  /** Adds the hits of a range; those that end within its first `known` bytes were added before. */
  #range(pointer: number, length: number, shift: number, known: number): void {
    const end = pointer + length;
    for (let from = pointer; from < end; ) {
      const count = this.#kernel.anchorSearch(this.#tables, pointer, from, end, this.#out, ROOM, this.#tables - 16);
      const pairs = new Uint32Array(this.#memory.buffer, this.#out, count * 2);
      if (known === 0) this.#hits.addPairs(pairs, shift);
      else
        for (let index = 0; index < pairs.length; index += 2) this.#add(pairs[index]!, pairs[index + 1]!, shift, known);
      from = new Uint32Array(this.#memory.buffer, this.#tables - 16, 1)[0]!;
    }
  }

  #add(position: number, literal: number, shift: number, known: number): void {
    if (position < known && position + (this.#lengths[literal] ?? 0) <= known) return;
    this.#hits.add(position + shift, literal);
  }
}

/** The kernel makes sure of room for this many literals at one place. */
function refuseCrowdedHeads(table: Uint8Array): void {
  const view = new DataView(table.buffer);
  for (let slot = 0; slot < 1 << SLOT_BITS; slot++) {
    const first = view.getUint16(HEADS + 2 * slot, true);
    const length = first === 0 ? 0 : view.getUint16(ENTRIES + (first - 1) * ENTRY_BYTES + LEFT, true);
    if (length > MOST_PER_WINDOW) throw new Error(`${length} literals share one window`);
  }
}

function align(pointer: number): number {
  return Math.ceil(pointer / 16) * 16;
}

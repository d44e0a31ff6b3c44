import { createMemory, ensureBytes, instantiateKernel, WASM_PAGE } from './load.ts';

interface SegmentRowsExports {
  findRows(segment: number, queries: number, count: number, out: number, capacity: number): number;
}

interface Table {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** The columns of a validated segment that finding rows reads. */
export interface RowColumns {
  readonly names: Table;
  readonly rowStart: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly flags: Uint8Array;
  readonly versionKey: Uint32Array;
  readonly keys: Table;
}

export interface RowSearch {
  /** Pairs of query and row, ascending; queries as in `findRows` of src/bundle/index/find-rows.ts. */
  find(queries: readonly { readonly name: Uint8Array; readonly key: Uint8Array | undefined }[]): Uint32Array;
}

const NO_KEY = 0xffffffff;
const QUERY_WORDS = 4;
/** Pairs there is room for at first; most queries find few rows. */
const PAIRS = 4096;

/** Loads segments into one linear memory and finds rows in them. */
export class SegmentMemory {
  readonly #memory = createMemory(WASM_PAGE * 2);
  readonly #kernel = instantiateKernel<SegmentRowsExports>('segment-rows', this.#memory);
  #top = WASM_PAGE;

  /** Copies the columns in; they stay for the life of this object. */
  load(columns: RowColumns): RowSearch {
    const pointers = [
      this.#place(columns.names.bytes),
      this.#place(columns.names.offsets),
      columns.names.offsets.length - 1,
      this.#place(columns.rowStart),
      this.#place(columns.low),
      this.#place(columns.high),
      this.#place(columns.flags),
      this.#place(columns.versionKey),
      this.#place(columns.keys.bytes),
      this.#place(columns.keys.offsets),
      columns.keys.offsets.length - 1,
    ];
    const segment = this.#place(Uint32Array.from(pointers));
    return { find: (queries) => this.#find(segment, queries) };
  }

  #find(segment: number, queries: Parameters<RowSearch['find']>[0]): Uint32Array {
    const table = this.#top;
    const texts = table + queries.length * QUERY_WORDS * 4;
    let textBytes = 0;
    for (const { name, key } of queries) textBytes += name.length + (key === undefined ? 0 : key.length);
    const out = Math.ceil((texts + textBytes) / 8) * 8;
    ensureBytes(this.#memory, out + PAIRS * 8);
    this.#write(queries, table, texts);
    let capacity = Math.floor((this.#memory.buffer.byteLength - out) / 8);
    let found = this.#kernel.findRows(segment, table, queries.length, out, capacity) >>> 0;
    if (found > capacity) {
      capacity = found;
      ensureBytes(this.#memory, out + capacity * 8);
      found = this.#kernel.findRows(segment, table, queries.length, out, capacity) >>> 0;
    }
    return new Uint32Array(this.#memory.buffer, out, found * 2).slice();
  }

  #write(queries: Parameters<RowSearch['find']>[0], table: number, texts: number): void {
    const words = new Uint32Array(this.#memory.buffer, table, queries.length * QUERY_WORDS);
    const bytes = new Uint8Array(this.#memory.buffer);
    let at = texts;
    let word = 0;
    for (const { name, key } of queries) {
      words[word] = at;
      words[word + 1] = name.length;
      at = copy(name, bytes, at);
      words[word + 2] = at;
      words[word + 3] = key === undefined ? NO_KEY : key.length;
      if (key !== undefined) at = copy(key, bytes, at);
      word += QUERY_WORDS;
    }
  }

  /** The address of a copy, on a multiple of eight and with eight readable bytes after it. */
  #place(column: Uint8Array | Uint32Array): number {
    const at = this.#top;
    this.#top = Math.ceil((at + column.byteLength) / 8) * 8 + 8;
    ensureBytes(this.#memory, this.#top);
    new Uint8Array(this.#memory.buffer).set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    return at;
  }
}

/** Names and keys are some twenty bytes long: a loop is faster there than a call to `set`. Returns the end. */
function copy(from: Uint8Array, to: Uint8Array, at: number): number {
  for (let i = 0; i < from.length; i++) to[at + i] = from[i]!;
  return at + from.length;
}

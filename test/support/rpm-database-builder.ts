/** What a built header says; every field but name, version and release may be left out. */
export interface HeaderFields {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  readonly arch?: string;
  readonly license?: string;
  readonly vendor?: string;
  readonly sourceRpm?: string;
  readonly module?: string;
  readonly provides?: readonly string[];
  readonly requires?: readonly string[];
  readonly files?: readonly {
    readonly path: string;
    readonly digest?: string;
    readonly mode?: number;
    readonly flags?: number;
    /** What `rpm --verify` compares; everything unless told otherwise. */
    readonly verify?: number;
    readonly state?: number;
  }[];
}

const STRING = 6;
const STRING_ARRAY = 8;
const I18N = 9;
const INT8 = 2;
const INT16 = 3;
const INT32 = 4;

/** A header blob as databases hold it: counts, index entries, data. */
export function buildHeader(fields: HeaderFields): Buffer {
  const values: [number, number, readonly (string | number)[]][] = [
    [1000, STRING, [fields.name]],
    [1001, STRING, [fields.version]],
    [1002, STRING, [fields.release]],
  ];
  const add = (tag: number, type: number, list: readonly (string | number)[] | undefined): void => {
    if (list !== undefined && list.length > 0) values.push([tag, type, list]);
  };
  const one = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : [value]);
  add(1003, INT32, one(fields.epoch));
  add(1011, STRING, one(fields.vendor));
  add(1014, I18N, one(fields.license));
  add(1022, STRING, one(fields.arch));
  add(1044, STRING, one(fields.sourceRpm));
  add(1047, STRING_ARRAY, fields.provides);
  add(1049, STRING_ARRAY, fields.requires);
  add(5096, STRING, one(fields.module));
  const files = fields.files ?? [];
  const directories = [...new Set(files.map((file) => directoryOf(file.path)))];
  add(
    1029,
    INT8,
    files.map((file) => file.state ?? 0),
  );
  add(
    1030,
    INT16,
    files.map((file) => file.mode ?? 0o100644),
  );
  add(
    1035,
    STRING_ARRAY,
    files.map((file) => file.digest ?? ''),
  );
  add(
    1037,
    INT32,
    files.map((file) => file.flags ?? 0),
  );
  add(
    1045,
    INT32,
    files.map((file) => file.verify ?? 0xffffffff),
  );
  add(
    1116,
    INT32,
    files.map((file) => directories.indexOf(directoryOf(file.path))),
  );
  add(
    1117,
    STRING_ARRAY,
    files.map((file) => file.path.slice(directoryOf(file.path).length)),
  );
  add(1118, STRING_ARRAY, directories);
  if (files.length > 0) add(5011, INT32, [8]);
  return encodeHeader(values);
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

export function encodeHeader(
  values: readonly (readonly [tag: number, type: number, list: readonly (string | number)[]])[],
): Buffer {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let size = 0;
  for (const [tag, type, list] of values) {
    const bytes = Buffer.concat(list.map((value) => encodeValue(type, value)));
    const alignment = type === INT32 ? 4 : type === INT16 ? 2 : 1;
    const padding = (alignment - (size % alignment)) % alignment;
    index.push(u32be(tag, type, size + padding, list.length));
    data.push(Buffer.alloc(padding), bytes);
    size += padding + bytes.length;
  }
  return Buffer.concat([u32be(values.length, size), ...index, ...data]);
}

function encodeValue(type: number, value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\0`);
  const bytes = Buffer.alloc(type === INT32 ? 4 : type === INT16 ? 2 : 1);
  bytes.writeUIntBE(value, 0, bytes.length);
  return bytes;
}

function u32be(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, value] of numbers.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

export interface BerkeleyShape {
  readonly order?: 'little' | 'big';
  readonly pageSize?: number;
  /** Values up to this size stand on the hash page itself. */
  readonly inlineBytes?: number;
}

/** A Berkeley DB hash file with the record counter that rpm keeps and one record a blob. */
export function buildBerkeley(blobs: readonly Uint8Array[], shape: BerkeleyShape = {}): Buffer {
  const pageSize = shape.pageSize ?? 4096;
  const writer = new PageWriter(pageSize, shape.order ?? 'little');
  const number = (value: number): Buffer => writer.number(value);
  let items: Buffer[] = [Buffer.concat([Buffer.of(1), number(0)]), Buffer.concat([Buffer.of(1), number(blobs.length)])];
  for (const [index, blob] of blobs.entries()) {
    const key = Buffer.concat([Buffer.of(1), number(index + 1)]);
    const value =
      blob.length <= (shape.inlineBytes ?? 0)
        ? Buffer.concat([Buffer.of(1), blob])
        : Buffer.concat([Buffer.of(3, 0, 0, 0), number(writer.overflow(blob)), number(blob.length)]);
    if (!writer.fits([...items, key, value])) {
      writer.hash(items);
      items = [];
    }
    items.push(key, value);
  }
  writer.hash(items);
  return writer.file();
}

class PageWriter {
  readonly #pages: Buffer[] = [];
  readonly #pageSize: number;
  readonly #little: boolean;

  constructor(pageSize: number, order: 'little' | 'big') {
    this.#pageSize = pageSize;
    this.#little = order === 'little';
  }

  number(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    this.#u32(bytes, 0, value);
    return bytes;
  }

  fits(items: readonly Buffer[]): boolean {
    return 26 + items.reduce((sum, item) => sum + item.length + 2, 0) <= this.#pageSize;
  }

  hash(items: readonly Buffer[]): void {
    const page = this.#page(13);
    let end = this.#pageSize;
    this.#u16(page, 20, items.length);
    for (const [index, item] of items.entries()) {
      end -= item.length;
      item.copy(page, end);
      this.#u16(page, 26 + index * 2, end);
    }
  }

  /** Writes a chain of overflow pages and returns the number of its first. */
  overflow(blob: Uint8Array): number {
    const room = this.#pageSize - 26;
    const first = this.#pages.length + 1;
    for (let at = 0; at < blob.length; at += room) {
      const part = blob.subarray(at, at + room);
      const page = this.#page(7);
      this.#u32(page, 16, at + room < blob.length ? this.#pages.length + 1 : 0);
      this.#u16(page, 22, part.length);
      page.set(part, 26);
    }
    return first;
  }

  file(): Buffer {
    const meta = Buffer.alloc(this.#pageSize);
    this.#u32(meta, 12, 0x00061561);
    this.#u32(meta, 16, 9);
    this.#u32(meta, 20, this.#pageSize);
    meta[25] = 8;
    this.#u32(meta, 32, this.#pages.length);
    return Buffer.concat([meta, ...this.#pages]);
  }

  #page(type: number): Buffer {
    const page = Buffer.alloc(this.#pageSize);
    page[25] = type;
    this.#pages.push(page);
    this.#u32(page, 8, this.#pages.length);
    return page;
  }

  #u32(bytes: Buffer, at: number, value: number): void {
    if (this.#little) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
  }

  #u16(bytes: Buffer, at: number, value: number): void {
    if (this.#little) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt16BE(value, at);
  }
}

/** An ndb file of one slot page; a `null` leaves its slot free. */
export function buildNdb(blobs: readonly (Uint8Array | null)[]): Buffer {
  const slots = Buffer.alloc(4096);
  slots.write('RpmP', 0, 'latin1');
  slots.writeUInt32LE(1, 8);
  slots.writeUInt32LE(1, 12);
  const bodies: Buffer[] = [];
  let block = slots.length / 16;
  for (let slot = 0; 32 + slot * 16 < slots.length; slot += 1) {
    const at = 32 + slot * 16;
    slots.write('Slot', at, 'latin1');
    const blob = blobs[slot];
    if (blob === undefined || blob === null) continue;
    const body = Buffer.alloc(Math.ceil((16 + blob.length + 12) / 16) * 16);
    body.write('BlbS', 0, 'latin1');
    body.writeUInt32LE(slot + 1, 4);
    body.writeUInt32LE(1, 8);
    body.writeUInt32LE(blob.length, 12);
    body.set(blob, 16);
    body.write('BlbE', body.length - 4, 'latin1');
    bodies.push(body);
    slots.writeUInt32LE(slot + 1, at + 4);
    slots.writeUInt32LE(block, at + 8);
    slots.writeUInt32LE(body.length / 16, at + 12);
    block += body.length / 16;
  }
  return Buffer.concat([slots, ...bodies]);
}

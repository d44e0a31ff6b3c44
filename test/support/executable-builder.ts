/** Builds the smallest executables whose section tables say what a test needs; there is no code in them. */
export type Sections = Readonly<Record<string, Uint8Array>>;

export interface ElfShape {
  readonly bits?: 32 | 64;
  readonly big?: boolean;
  /** Address of the first section; the whole file is one writable segment loaded so that addresses follow offsets. */
  readonly base?: number;
  readonly withoutSectionTable?: boolean;
  /** Bytes added at the end, for detectors that look at large files only. */
  readonly padding?: number;
}

export function buildElf(sections: Sections, shape: ElfShape = {}): Uint8Array {
  const { bits = 64, big = false, base = 0x400000, withoutSectionTable = false, padding = 0 } = shape;
  const wide = bits === 64;
  const headerSize = wide ? 64 : 52;
  const segmentSize = wide ? 56 : 32;
  const sectionSize = wide ? 64 : 40;
  const names = ['', ...Object.keys(sections), '.shstrtab'];
  const strings = new TextEncoder().encode(`${names.join('\0')}\0`);
  const contents = [...Object.values(sections), strings];
  const offsets: number[] = [];
  let end = align(headerSize + segmentSize);
  for (const content of contents) {
    offsets.push(end);
    end = align(end + content.length);
  }
  const table = end;
  const file = new Uint8Array(table + sectionSize * names.length + padding);
  const view = new DataView(file.buffer);
  let at = 0;
  const u16 = (value: number): void => {
    view.setUint16(at, value, !big);
    at += 2;
  };
  const u32 = (value: number): void => {
    view.setUint32(at, value, !big);
    at += 4;
  };
  const u64 = (value: number): void => {
    view.setBigUint64(at, BigInt(value), !big);
    at += 8;
  };
  const word = wide ? u64 : u32;
  file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, big ? 2 : 1, 1]);
  at = 16;
  u16(2);
  u16(62);
  u32(1);
  word(base);
  word(headerSize);
  word(withoutSectionTable ? 0 : table);
  u32(0);
  for (const value of [headerSize, segmentSize, 1, sectionSize, names.length, names.length - 1]) u16(value);
  u32(1);
  if (wide) u32(6);
  for (const value of [0, base, base, table, table]) word(value);
  if (!wide) u32(6);
  word(4096);
  contents.forEach((content, index) => {
    file.set(content, offsets[index] ?? 0);
    at = table + sectionSize * (index + 1);
    u32(names.slice(0, index + 1).join('\0').length + 1);
    u32(1);
    for (const value of [3, base + (offsets[index] ?? 0), offsets[index] ?? 0, content.length]) word(value);
  });
  return file;
}

/** A PE32+ file with the given sections, all of them writable, loaded at 0x140000000 plus their offset. */
export function buildPe(sections: Sections, padding = 0): Uint8Array {
  const entries = Object.entries(sections);
  const start = 0x400;
  const total = entries.reduce((sum, [, content]) => sum + align(content.length, 512), start);
  const file = new Uint8Array(total + padding);
  const view = new DataView(file.buffer);
  file.set([0x4d, 0x5a]);
  view.setUint32(0x3c, 0x80, true);
  view.setUint32(0x80, 0x4550, true);
  view.setUint16(0x84, 0x8664, true);
  view.setUint16(0x86, entries.length, true);
  view.setUint16(0x94, 112, true);
  view.setUint16(0x98, 0x20b, true);
  view.setBigUint64(0x98 + 24, 0x140000000n, true);
  let offset = start;
  entries.forEach(([name, content], index) => {
    const at = 0x98 + 112 + index * 40;
    file.set(new TextEncoder().encode(name).subarray(0, 8), at);
    view.setUint32(at + 8, content.length, true);
    view.setUint32(at + 12, offset, true);
    view.setUint32(at + 16, align(content.length, 512), true);
    view.setUint32(at + 20, offset, true);
    view.setUint32(at + 36, 0xc0000040, true);
    file.set(content, offset);
    offset += align(content.length, 512);
  });
  return file;
}

/** A 64-bit little-endian Mach-O file with one writable segment. */
export function buildMacho(sections: Sections, padding = 0): Uint8Array {
  const entries = Object.entries(sections);
  const commandSize = 72 + 80 * entries.length;
  let offset = align(32 + commandSize);
  const total = entries.reduce((sum, [, content]) => align(sum + content.length), offset);
  const file = new Uint8Array(total + padding);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0xfeedfacf, true);
  view.setUint32(4, 0x01000007, true);
  view.setUint32(16, 1, true);
  view.setUint32(20, commandSize, true);
  view.setUint32(32, 0x19, true);
  view.setUint32(36, commandSize, true);
  view.setBigUint64(32 + 48, BigInt(total), true);
  view.setUint32(32 + 60, 3, true);
  view.setUint32(32 + 64, entries.length, true);
  entries.forEach(([name, content], index) => {
    const at = 32 + 72 + index * 80;
    file.set(new TextEncoder().encode(name).subarray(0, 16), at);
    view.setBigUint64(at + 32, BigInt(offset), true);
    view.setBigUint64(at + 40, BigInt(content.length), true);
    view.setUint32(at + 48, offset, true);
    file.set(content, offset);
    offset = align(offset + content.length);
  });
  return file;
}

function align(value: number, to = 16): number {
  return Math.ceil(value / to) * to;
}

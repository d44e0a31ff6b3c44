import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import {
  bytesAt,
  type Executable,
  findSection,
  readExecutable,
  type Section,
  sectionBytes,
} from '../../bytes/executable/executable.ts';

/** The two texts the Go linker puts into every program (https://pkg.go.dev/debug/buildinfo). */
export interface BuildInfo {
  /** `go1.22.1`, experiments included. */
  readonly goVersion: string;
  /** Lines of `path`, `mod`, `dep`, `=>` and `build`; empty where the program was not built from a module. */
  readonly modules: string;
}

/** `\xff Go buildinf:` */
const MAGIC = Uint8Array.from([0xff, 0x20, 0x47, 0x6f, 0x20, 0x62, 0x75, 0x69, 0x6c, 0x64, 0x69, 0x6e, 0x66, 0x3a]);
const HEADER_SIZE = 32;
const ALIGNMENT = 16;
const BIG_ENDIAN = 1;
const INLINE = 2;
/** The linker puts 16 bytes before and after the module text, so that it is found in memory. */
const SENTINEL = 16;
/** Program headers and the first bytes after them. */
const HEADERS_BYTES = 1024;
const MODULES_BYTES = 16 * 1024 * 1024;

/**
 * Undefined where the bytes are no Go program, `'damaged'` where they are one whose build information cannot be read,
 * `'packed'` where UPX hides what they are.
 */
export function parseBuildInfo(bytes: Uint8Array): BuildInfo | 'damaged' | 'packed' | undefined {
  const executable = readExecutable(bytes);
  if (executable === undefined) return undefined;
  for (const place of places(executable)) {
    const data = sectionBytes(bytes, place);
    const start = findHeader(data);
    if (start !== undefined) return readHeader(bytes, executable, data.subarray(start));
  }
  return isPacked(bytes, executable) ? 'packed' : undefined;
}

/** UPX leaves no sections in ELF files and puts its mark behind the headers (https://github.com/upx/upx/blob/devel/src/conf.h). */
function isPacked(bytes: Uint8Array, { format, sections }: Executable): boolean {
  if (format === 'pe') return sections.some(({ name }) => name === 'UPX1');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEADERS_BYTES));
  return format === 'elf' && sections.length === 0 && head.includes('UPX!');
}

/** Its own section where there is one, else the data of the program, where the linker puts it first. */
function places(executable: Executable): readonly Section[] {
  const own = findSection(executable, '.go.buildinfo') ?? findSection(executable, '__go_buildinfo');
  if (own !== undefined) return [own];
  if (executable.format === 'pe')
    return executable.sections.filter(({ name, writable }) => name === '.data' && writable);
  return executable.sections.length > 0 ? [] : executable.segments.filter(({ writable }) => writable);
}

function findHeader(data: Uint8Array): number | undefined {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.length);
  for (let at = buffer.indexOf(MAGIC); at >= 0; at = buffer.indexOf(MAGIC, at + 1)) {
    if (at % ALIGNMENT === 0 && at + HEADER_SIZE <= data.length) return at;
  }
  return undefined;
}

function readHeader(bytes: Uint8Array, executable: Executable, header: Uint8Array): BuildInfo | 'damaged' {
  const pointerSize = header[14] ?? 0;
  const flags = header[15] ?? 0;
  try {
    if ((flags & INLINE) !== 0) {
      const cursor = new Cursor(header, 'little').seek(HEADER_SIZE);
      return toBuildInfo(cursor.bytes(cursor.leb128()), cursor.bytes(cursor.leb128()));
    }
    const order = (flags & BIG_ENDIAN) !== 0 ? 'big' : 'little';
    const text = (at: number): Uint8Array => {
      const address = readPointer(new Cursor(header, order).seek(at), pointerSize);
      return goString(bytes, executable, { address, pointerSize, order });
    };
    return toBuildInfo(text(SENTINEL), text(SENTINEL + pointerSize));
  } catch (error) {
    if (error instanceof BoundsError) return 'damaged';
    throw error;
  }
}

interface StringHeader {
  readonly address: number;
  readonly pointerSize: number;
  readonly order: 'big' | 'little';
}

/** A Go string is an address and a length. */
function goString(
  bytes: Uint8Array,
  executable: Executable,
  { address, pointerSize, order }: StringHeader,
): Uint8Array {
  const header = bytesAt(bytes, executable, address, 2 * pointerSize);
  if (header === undefined) throw new BoundsError(address, 2 * pointerSize, bytes.length);
  const cursor = new Cursor(header, order);
  const data = readPointer(cursor, pointerSize);
  const length = readPointer(cursor, pointerSize);
  if (length === 0) return new Uint8Array(0);
  const text = bytesAt(bytes, executable, data, length);
  if (text === undefined) throw new BoundsError(data, length, bytes.length);
  return text;
}

function readPointer(cursor: Cursor, size: number): number {
  return size === 4 ? cursor.u32() : cursor.u64();
}

function toBuildInfo(version: Uint8Array, modules: Uint8Array): BuildInfo | 'damaged' {
  const goVersion = Buffer.from(version).toString('latin1');
  if (!/^(?:go|devel)\S/.test(goVersion) && !goVersion.startsWith('devel ')) return 'damaged';
  if (modules.length > MODULES_BYTES) return 'damaged';
  const framed = modules.length > 2 * SENTINEL && modules[modules.length - SENTINEL - 1] === 0x0a;
  const text = framed ? modules.subarray(SENTINEL, modules.length - SENTINEL) : new Uint8Array(0);
  return { goVersion, modules: decoder.decode(text) };
}

const decoder = new TextDecoder();

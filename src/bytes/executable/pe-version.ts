import { BoundsError, Cursor } from '../cursor.ts';
import { findSection, readExecutable, sectionBytes } from './executable.ts';

/** The version resource of a Windows file (https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource). */
export interface PeVersion {
  /** Four numbers. */
  readonly fileVersion: string;
  /** Texts such as `ProductName`, `ProductVersion`, `CompanyName`. */
  readonly strings: ReadonlyMap<string, string>;
}

const RT_VERSION = 16;
const FIXED_SIGNATURE = 0xfeef04bd;
const SUBDIRECTORY = 0x80000000;
const MAX_STRINGS = 200;
/** Names and values are short; longer ones are damage. */
const TEXT_UNITS = 2048;

/** Undefined where the file is no PE file, has no version resource, or the resource is damaged. */
export function readPeVersion(bytes: Uint8Array): PeVersion | undefined {
  const executable = readExecutable(bytes);
  const section = executable?.format === 'pe' ? findSection(executable, '.rsrc') : undefined;
  if (executable === undefined || section === undefined) return undefined;
  const resources = sectionBytes(bytes, section);
  try {
    const entry = versionEntry(new Cursor(resources, 'little'));
    if (entry === undefined) return undefined;
    const base = imageBase(bytes);
    const start = base + entry.rva - section.address;
    return readVersion(new Cursor(resources, 'little').seek(start).bytes(entry.size));
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

function imageBase(bytes: Uint8Array): number {
  const cursor = new Cursor(bytes, 'little');
  const optional = cursor.seek(0x3c).u32() + 24;
  return cursor.seek(optional).u16() === 0x20b ? cursor.seek(optional + 24).u64() : cursor.seek(optional + 28).u32();
}

/** The tree has three levels: type, name, language; the first of each below the version type is taken. */
function versionEntry(cursor: Cursor): { rva: number; size: number } | undefined {
  let directory = childOf(cursor, 0, (id) => id === RT_VERSION);
  for (let level = 1; level < 3 && directory !== undefined && directory >= SUBDIRECTORY; level += 1) {
    directory = childOf(cursor, directory - SUBDIRECTORY, () => true);
  }
  if (directory === undefined || directory >= SUBDIRECTORY) return undefined;
  return { rva: cursor.seek(directory).u32(), size: cursor.u32() };
}

function childOf(cursor: Cursor, directory: number, wanted: (id: number) => boolean): number | undefined {
  cursor.seek(directory + 12);
  const count = cursor.u16() + cursor.u16();
  for (let index = 0; index < count; index += 1) {
    const id = cursor.u32();
    const target = cursor.u32();
    if (wanted(id)) return target;
  }
  return undefined;
}

/** Blocks of {length, value length, type, UTF-16 key, padding, value, children}, each aligned to four bytes. */
function readVersion(resource: Uint8Array): PeVersion | undefined {
  const cursor = new Cursor(resource, 'little');
  const block = readBlock(cursor);
  if (block.valueLength < 52 || cursor.u32() !== FIXED_SIGNATURE) return undefined;
  cursor.skip(4);
  const high = cursor.u32();
  const low = cursor.u32();
  const fileVersion = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.');
  cursor.seek(align(block.value + block.valueLength));
  return { fileVersion, strings: readStrings(cursor, Math.min(block.end, cursor.size)) };
}

interface Block {
  readonly key: string;
  readonly value: number;
  readonly valueLength: number;
  readonly end: number;
}

function readBlock(cursor: Cursor): Block {
  const start = cursor.position;
  const length = cursor.u16();
  const valueLength = cursor.u16();
  cursor.skip(2);
  const key = readText(cursor);
  const value = Math.min(align(cursor.position), cursor.size);
  cursor.seek(value);
  return { key, value, valueLength, end: start + length };
}

function readText(cursor: Cursor): string {
  const units: number[] = [];
  while (units.length < TEXT_UNITS) {
    const unit = cursor.u16();
    if (unit === 0) return String.fromCharCode(...units);
    units.push(unit);
  }
  throw new BoundsError(cursor.position, 2, cursor.size);
}

/** StringFileInfo holds tables, a table holds strings; both are entered by walking on instead of jumping over them. */
function readStrings(cursor: Cursor, end: number): ReadonlyMap<string, string> {
  const strings = new Map<string, string>();
  for (let count = 0; count < MAX_STRINGS && cursor.position + 6 < end; count += 1) {
    const block = readBlock(cursor);
    const container = block.key === 'StringFileInfo' || /^[0-9A-Fa-f]{8}$/.test(block.key);
    if (container) continue;
    if (
      block.valueLength > 0 &&
      block.key !== 'VarFileInfo' &&
      block.key !== 'Translation' &&
      !strings.has(block.key)
    ) {
      strings.set(block.key, readText(cursor).trim());
    }
    if (block.end <= block.value && block.valueLength > 0) break;
    cursor.seek(Math.min(align(Math.max(block.end, block.value)), cursor.size));
  }
  return strings;
}

function align(value: number): number {
  return Math.ceil(value / 4) * 4;
}

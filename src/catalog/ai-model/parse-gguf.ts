import { BoundsError, Cursor } from '../../bytes/cursor.ts';

/** Texts of a model file's header that begin with `general.`, without that prefix; numbers and lists are skipped. */
export type ModelFacts = ReadonlyMap<string, string>;

const MAGIC = 0x46554747;
const MAX_ENTRIES = 10_000;
const MAX_ITEMS = 2_000_000;
const TEXT_BYTES = 64 * 1024;
const STRING = 8;
const ARRAY = 9;
/** Bytes of each numeric type, by its number. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8] as const;

/** Reads the key-value pairs of a GGUF file of version 2 or 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). Undefined where it is none or is damaged. */
export function parseGguf(bytes: Uint8Array): ModelFacts | undefined {
  const cursor = new Cursor(bytes, 'little');
  const facts = new Map<string, string>();
  try {
    if (cursor.u32() !== MAGIC) return undefined;
    const version = cursor.u32();
    if (version < 2 || version > 3) return undefined;
    cursor.skip(8);
    const count = cursor.u64();
    for (let index = 0; index < Math.min(count, MAX_ENTRIES); index += 1) {
      const key = text(cursor);
      const value = readValue(cursor, cursor.u32());
      // General facts come first; the vocabulary behind them can be large and says nothing about identity.
      if (key.startsWith('tokenizer.')) break;
      if (value !== undefined && key.startsWith('general.')) facts.set(key.slice('general.'.length), value);
    }
    return facts;
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

function readValue(cursor: Cursor, type: number): string | undefined {
  if (type === STRING) return text(cursor);
  if (type === ARRAY) {
    const itemType = cursor.u32();
    const count = cursor.u64();
    if (itemType === ARRAY || count > MAX_ITEMS) throw new BoundsError(cursor.position, count, cursor.size);
    const size = SIZES[itemType];
    if (size !== undefined) cursor.skip(size * count);
    else for (let index = 0; index < count; index += 1) readValue(cursor, itemType);
    return undefined;
  }
  const size = SIZES[type];
  if (size === undefined) throw new BoundsError(cursor.position, type, cursor.size);
  cursor.skip(size);
  return undefined;
}

function text(cursor: Cursor): string {
  const length = cursor.u64();
  if (length > TEXT_BYTES) {
    cursor.skip(length);
    return '';
  }
  return decoder.decode(cursor.bytes(length));
}

const decoder = new TextDecoder();

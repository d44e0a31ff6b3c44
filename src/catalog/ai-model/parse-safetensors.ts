import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import { isRecord, parseJson, recordField } from '../../bytes/json.ts';

/** The format's own limit for its header. */
const HEADER_BYTES = 100_000_000;

/** The `__metadata__` texts of a safetensors file (https://huggingface.co/docs/safetensors/index#format). Undefined where it is none or is damaged. */
export function parseSafetensors(bytes: Uint8Array, depth: number): ReadonlyMap<string, string> | undefined {
  try {
    const cursor = new Cursor(bytes, 'little');
    const length = cursor.u64();
    if (length > HEADER_BYTES) return undefined;
    const header = parseJson(decoder.decode(cursor.bytes(length)), depth);
    if (!isRecord(header)) return undefined;
    const metadata = Object.entries(recordField(header, '__metadata__') ?? {});
    return new Map(metadata.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

const decoder = new TextDecoder();

import { BoundsError, Cursor } from '../bytes/cursor.ts';
import { type CpioMember, cpioMembers, isCpio } from './cpio.ts';
import { DecompressionError } from './decoder.ts';
import { nestedProblem } from './nested.ts';
import { type PackedFormat, type UnpackOptions, unpacked } from './packed-data.ts';

const LEAD_BYTES = 96;
const HEADER_MAGIC = 0x8eade801;
const INDEX_ENTRY_BYTES = 16;
const SIGNATURE_ALIGNMENT = 8;

/** Told by the first bytes: what stands in the header for it may be left out. An .lzma header has no magic but common properties. */
const PAYLOADS: readonly { readonly format: PackedFormat | 'bzip2'; readonly magic: readonly number[] }[] = [
  { format: 'gzip', magic: [0x1f, 0x8b] },
  { format: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { format: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { format: 'lzma', magic: [0x5d, 0, 0] },
  { format: 'bzip2', magic: [0x42, 0x5a, 0x68] },
];

/** The regular files in the payload of an .rpm file. What cannot be read goes to `onProblem`. */
export function* rpmMembers(file: Uint8Array, options: UnpackOptions): Iterable<CpioMember> {
  const { limits, onProblem } = options;
  let payload: Uint8Array;
  try {
    payload = rpmPayload(file);
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error;
    onProblem(nestedProblem('PLM_NESTED_DAMAGED', `${error.message}; its files were not looked into`));
    return;
  }
  if (isCpio(payload)) {
    yield* cpioMembers(payload, limits, onProblem);
    return;
  }
  const format = PAYLOADS.find(({ magic }) => magic.every((byte, index) => payload[index] === byte))?.format;
  if (format === undefined || format === 'bzip2') {
    const kind = format === undefined ? 'unknown' : 'bzip2';
    onProblem(nestedProblem('PLM_NESTED_UNSUPPORTED', `rpm payload in ${kind} format was not looked into`));
    return;
  }
  for (const archive of unpacked(payload, format, options)) yield* cpioMembers(archive, limits, onProblem);
}

/**
 * The payload of an .rpm file, still packed: what is behind lead, signature and header
 * (https://rpm-software-management.github.io/rpm/manual/format_v4.html). Throws DecompressionError where there is none.
 */
function rpmPayload(file: Uint8Array): Uint8Array {
  const cursor = new Cursor(file, 'big');
  try {
    cursor.skip(LEAD_BYTES);
    skipHeader(cursor);
    cursor.seek(Math.ceil(cursor.position / SIGNATURE_ALIGNMENT) * SIGNATURE_ALIGNMENT);
    skipHeader(cursor);
    return cursor.bytes(cursor.remaining);
  } catch (error) {
    if (error instanceof BoundsError) throw new DecompressionError('an rpm header is cut off', { cause: error });
    throw error;
  }
}

/** Magic and version 4, reserved 4, number of index entries 4, bytes of data 4; then both. */
function skipHeader(cursor: Cursor): void {
  if (cursor.u32() !== HEADER_MAGIC) throw new DecompressionError('an rpm header has no magic');
  const entries = cursor.skip(4).u32();
  const data = cursor.u32();
  cursor.skip(entries * INDEX_ENTRY_BYTES).skip(data);
}

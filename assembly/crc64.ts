/** CRC-64 of .xz files (ECMA-182, reflected: https://tukaani.org/xz/xz-file-format.txt section 6), eight bytes a step. */

const POLYNOMIAL: u64 = 0xc96c5795d7870f42;
const TABLE_BYTES: usize = 256 * 8;
const TABLES: usize = 8;

/** Writes the tables, 16 KiB: the n-th holds the checks of a byte with n zero bytes behind it. */
export function crc64Tables(tables: usize): void {
  for (let byte: usize = 0; byte < 256; byte++) {
    let check = <u64>byte;
    for (let round = 0; round < 8; round++) check = (check >> 1) ^ (POLYNOMIAL & (0 - (check & 1)));
    store<u64>(tables + (byte << 3), check);
  }
  const end = tables + TABLE_BYTES * TABLES;
  for (let at = tables + TABLE_BYTES; at < end; at += 8) {
    const check = load<u64>(at - TABLE_BYTES);
    store<u64>(at, (check >> 8) ^ load<u64>(tables + (<usize>(check & 0xff) << 3)));
  }
}

/** The check of `length` bytes, as a signed number. */
export function crc64(at: usize, length: u32, tables: usize): u64 {
  const end = at + length;
  const wide = at + (length & ~7);
  let check: u64 = ~0;
  for (; at < wide; at += 8) {
    const next = check ^ load<u64>(at);
    check =
      column(tables, 7, next) ^
      column(tables, 6, next >> 8) ^
      column(tables, 5, next >> 16) ^
      column(tables, 4, next >> 24) ^
      column(tables, 3, next >> 32) ^
      column(tables, 2, next >> 40) ^
      column(tables, 1, next >> 48) ^
      column(tables, 0, next >> 56);
  }
  for (; at < end; at++) check = (check >> 8) ^ column(tables, 0, check ^ load<u8>(at));
  return ~check;
}

// @ts-ignore: decorator
@inline
function column(tables: usize, table: usize, byte: u64): u64 {
  return load<u64>(tables + table * TABLE_BYTES + (<usize>(byte & 0xff) << 3));
}

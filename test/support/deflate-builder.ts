export interface BlockCodes {
  /** Code length of each literal and length; 256 must have one. */
  readonly literals: readonly number[];
  readonly distances: readonly number[];
  /** Bits of each of the sixteen codes that code lengths are written with: 4 leave no gap. */
  readonly lengthBits?: number;
}

/** A gzip member of one dynamic block (RFC 1951 section 3.2.7) that has these codes and ends at once. */
export function gzipWithCodes({ literals, distances, lengthBits = 4 }: BlockCodes): Uint8Array {
  const bits = [1, 0, 1, ...lowestFirst(literals.length - 257, 5), ...lowestFirst(distances.length - 1, 5)];
  bits.push(...lowestFirst(15, 4));
  for (let order = 0; order < 19; order += 1) bits.push(...lowestFirst(order < 3 ? 0 : lengthBits, 3));
  for (const length of [...literals, ...distances]) bits.push(...lowestFirst(length, lengthBits).reverse());
  bits.push(...endOfBlock(literals));
  const block = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [at, bit] of bits.entries()) block[at >> 3] = (block[at >> 3] ?? 0) | (bit << (at & 7));
  return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), block, Buffer.alloc(8)]);
}

/** `count` code lengths, those that are named and else none. */
export function codeLengths(count: number, named: Readonly<Record<number, number>>): readonly number[] {
  return Array.from({ length: count }, (_none, symbol) => named[symbol] ?? 0);
}

/** The canonical code of symbol 256, highest bit first. */
function endOfBlock(literals: readonly number[]): number[] {
  const length = literals[256] ?? 0;
  let code = 0;
  for (const [symbol, other] of literals.entries())
    if (other > 0 && (other < length || (other === length && symbol < 256))) code += 2 ** (length - other);
  return lowestFirst(code, length).reverse();
}

function lowestFirst(value: number, count: number): number[] {
  return Array.from({ length: count }, (_none, at) => (value >> at) & 1);
}

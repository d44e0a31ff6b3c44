export interface TableShape {
  readonly magic?: number;
  readonly wordSize?: 4 | 8;
  readonly big?: boolean;
}

/** A function table with nothing but names: https://go.dev/src/debug/gosym/pclntab.go. */
export function functionTable(
  functions: readonly string[],
  { magic = 0xfffffff1, wordSize = 8, big = false }: TableShape = {},
) {
  const before = magic === 0xfffffffa ? 2 : 3;
  const names = Buffer.from(`${functions.join('\0')}\0`, 'latin1');
  const start = 8 + (before + 2) * wordSize;
  const head = new DataView(new ArrayBuffer(start));
  head.setUint32(0, magic, !big);
  head.setUint8(6, 1);
  head.setUint8(7, wordSize);
  for (const [index, value] of [...Array<number>(before).fill(1), start, start + names.length].entries()) {
    const at = 8 + index * wordSize;
    if (wordSize === 4) head.setUint32(at, value, !big);
    else head.setBigUint64(at, BigInt(value), !big);
  }
  return Buffer.concat([Buffer.from(head.buffer), names, Buffer.alloc(16)]);
}

/** Tar archives from literals, written block by block so that tests can also write what no sound writer would. */

const BLOCK = 512;

export interface TarHeaderFields {
  readonly name: string | Uint8Array;
  /** Type flag; `0` by default. */
  readonly type?: string;
  readonly mode?: number;
  readonly size?: number;
  readonly link?: string;
  /** Raw bytes of the size field (12), in place of `size`. */
  readonly sizeField?: Uint8Array;
  readonly magic?: string;
  readonly prefix?: string;
  readonly wrongChecksum?: boolean;
}

/** One header block. */
export function tarHeader(fields: TarHeaderFields): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(typeof fields.name === 'string' ? Buffer.from(fields.name) : fields.name, 0);
  block.write(octal(fields.mode ?? 0o644, 8), 100, 'latin1');
  block.write(`${octal(0, 8)}${octal(0, 8)}`, 108, 'latin1');
  block.set(fields.sizeField ?? Buffer.from(octal(fields.size ?? 0, 12)), 124);
  block.write(octal(0, 12), 136, 'latin1');
  block.write(fields.type ?? '0', 156, 'latin1');
  block.write(fields.link ?? '', 157, 'utf8');
  block.write(fields.magic ?? 'ustar\x0000', 257, 'latin1');
  block.write(fields.prefix ?? '', 345, 'utf8');
  return seal(block, fields.wrongChecksum === true ? 1 : 0);
}

/** Writes the checksum into a header block whose other bytes are final. */
export function seal(block: Buffer, error = 0): Buffer {
  block.write('        ', 148, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, error);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(value: number, width: number): string {
  return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

/** Content padded to whole blocks. */
export function padded(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** A file with its content. */
export function tarFile(
  name: string | Uint8Array,
  content: string | Uint8Array,
  fields: Partial<TarHeaderFields> = {},
): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([tarHeader({ name, size: bytes.length, ...fields }), padded(bytes)]);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);

/** One `LENGTH KEY=VALUE\n` record. */
export function paxRecord(key: string, value: string | Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = body.length + 1;
  while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length;
  return Buffer.concat([Buffer.from(`${length}`), body]);
}

/** An extended header for the entry that follows. */
export function paxHeader(records: Uint8Array): Buffer {
  return tarFile('PaxHeaders/entry', records, { type: 'x' });
}

/** Everything with the two zero blocks that end an archive. */
export function tar(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...parts, TAR_END]);
}

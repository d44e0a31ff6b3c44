/** cpio archives in the "new" ASCII format. */

export interface CpioFile {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  readonly links?: number;
}

/** Files with the entry that ends an archive. */
export function cpio(...files: readonly CpioFile[]): Buffer {
  return Buffer.concat([...files, { path: 'TRAILER!!!', mode: 0 }].map(cpioEntry));
}

export function cpioEntry(file: CpioFile): Buffer {
  const content = Buffer.from(file.content ?? '');
  const name = Buffer.from(`${file.path}\0`);
  const { mode = 0o100644, links = 1 } = file;
  const fields = [1, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((value) => value.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)]);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

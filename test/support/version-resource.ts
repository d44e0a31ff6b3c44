/** A `.rsrc` section with one version resource, for a section loaded at `rva` (see buildPe: its file offset). */
export function versionResource(
  rva: number,
  version: readonly [number, number, number, number],
  strings: Readonly<Record<string, string>>,
): Uint8Array {
  const header = Buffer.alloc(88);
  const directory = (at: number, id: number, target: number): void => {
    header.writeUInt16LE(1, at + 14);
    header.writeUInt32LE(id, at + 16);
    header.writeUInt32LE(target, at + 20);
  };
  directory(0, 16, 0x80000018);
  directory(24, 1, 0x80000030);
  directory(48, 1033, 72);
  const [major, minor, build, revision] = version;
  const fixed = Buffer.alloc(52);
  fixed.writeUInt32LE(0xfeef04bd, 0);
  fixed.writeUInt32LE((major << 16) | minor, 8);
  fixed.writeUInt32LE((build << 16) | revision, 12);
  const rows = Object.entries(strings).map(([key, value]) => block(key, text(value), value.length + 1));
  const table = block('040904b0', Buffer.concat(rows), 0);
  const resource = block('VS_VERSION_INFO', Buffer.concat([fixed, block('StringFileInfo', table, 0)]), 52);
  header.writeUInt32LE(rva + header.length, 72);
  header.writeUInt32LE(resource.length, 76);
  return Buffer.concat([header, resource]);
}

function block(key: string, content: Buffer, valueLength: number): Buffer {
  const head = Buffer.concat([Buffer.alloc(6), text(key)]);
  const padded = Buffer.concat([head, Buffer.alloc((4 - (head.length % 4)) % 4), content]);
  const whole = Buffer.concat([padded, Buffer.alloc((4 - (padded.length % 4)) % 4)]);
  whole.writeUInt16LE(padded.length, 0);
  whole.writeUInt16LE(valueLength, 2);
  whole.writeUInt16LE(1, 4);
  return whole;
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'utf16le');
}

/** .rpm files: a lead, a signature header and a header with one entry each, and a payload as it is. */

export function rpmPackage(payload: Uint8Array): Buffer {
  const lead = Buffer.alloc(96);
  lead.writeUInt32BE(0xedabeedb);
  const signature = header('5e8f');
  const padding = Buffer.alloc((8 - (signature.length % 8)) % 8);
  return Buffer.concat([lead, signature, padding, header('probe'), payload]);
}

/** One string of tag 1000. */
function header(text: string): Buffer {
  const data = Buffer.from(`${text}\0`);
  const numbers = [0x8eade801, 0, 1, data.length, 1000, 6, 0, 1];
  const start = Buffer.alloc(numbers.length * 4);
  for (const [index, value] of numbers.entries()) start.writeUInt32BE(value, index * 4);
  return Buffer.concat([start, data]);
}

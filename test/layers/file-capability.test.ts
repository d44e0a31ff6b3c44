import { describe, expect, it } from 'vitest';
import { capabilityText } from '../../src/layers/file-capability.ts';

function attribute(magic: number, ...words: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 + words.length * 4);
  bytes.writeUInt32LE(magic, 0);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, 4 + index * 4);
  return bytes;
}

describe('capabilityText', () => {
  it.each([
    ['revision 2, effective', attribute(0x02000001, 1 << 13, 0, 0, 0), 'cap_net_raw=ep'],
    [
      'revision 3 with a root id',
      attribute(0x03000001, (1 << 10) | (1 << 13), 0, 0, 0, 1000),
      'cap_net_bind_service,cap_net_raw=ep',
    ],
    ['revision 1', attribute(0x01000000, 1, 0), 'cap_chown=p'],
    ['inheritable ones apart', attribute(0x02000000, 1, 2, 0, 0), 'cap_chown=p cap_dac_override=i'],
    ['numbers above 31', attribute(0x02000001, 0, 0, 1 << 7, 0), 'cap_bpf=ep'],
    ['numbers without a name', attribute(0x02000001, 0, 0, 2 ** 31, 0), 'cap_63=ep'],
    ['none', attribute(0x02000000, 0, 0, 0, 0), '='],
    ['an unknown revision', attribute(0x07000000, 1, 0, 0, 0), undefined],
    ['too few bytes', Uint8Array.of(1, 0, 0, 2), undefined],
  ])('%s', (_name, value, text) => {
    expect(capabilityText(value)).toBe(text);
  });
});
